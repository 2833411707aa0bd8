@rem npm runs the scripts that begin with "exec" here, where it is no word of the shell: there it
@rem puts the program in the place of the shell, so that signals and the exit status pass through.
@%*
