/** Returns one thing that does not fit, in the form that Confluent's registry gives it. */
export function misfit(errorType: string, description: string, additionalInfo = ''): string {
  return `{errorType:'${errorType}', description:"${description}", additionalInfo:'${additionalInfo}'}`;
}
