import io.apicurio.registry.resolver.ParsedSchemaImpl;
import io.apicurio.registry.resolver.SchemaLookupResult;
import io.apicurio.registry.resolver.SchemaParser;
import io.apicurio.registry.resolver.SchemaResolver;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.data.Record;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.resolver.strategy.ArtifactReferenceResolverStrategy;

/** Stands for a registry of Apicurio that has one schema. */
final class OneSchema<S, D> implements SchemaResolver<S, D> {
  private final SchemaLookupResult<S> found;

  OneSchema(S schema, long globalId, long contentId) {
    found =
        SchemaLookupResult.<S>builder()
            .parsedSchema(new ParsedSchemaImpl<S>().setParsedSchema(schema))
            .globalId(globalId)
            .contentId(contentId)
            .build();
  }

  @Override
  public void setClientFacade(RegistryClientFacade client) {}

  @Override
  public void setArtifactResolverStrategy(ArtifactReferenceResolverStrategy<S, D> strategy) {}

  @Override
  public SchemaParser<S, D> getSchemaParser() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SchemaLookupResult<S> resolveSchema(Record<D> data) {
    return found;
  }

  @Override
  public SchemaLookupResult<S> resolveSchemaByArtifactReference(ArtifactReference reference) {
    return found;
  }

  @Override
  public void reset() {}

  @Override
  public void close() {}
}
