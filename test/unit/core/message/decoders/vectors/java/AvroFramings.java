import com.amazonaws.services.schemaregistry.common.configs.GlueSchemaRegistryConfiguration;
import com.amazonaws.services.schemaregistry.serializers.SerializationDataEncoder;
import com.amazonaws.services.schemaregistry.utils.AWSSchemaRegistryConstants;
import io.apicurio.registry.serde.Legacy8ByteIdHandler;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Avro as serializers of Java frame it. */
final class AvroFramings {
  private static final int ID = 258;
  private static final List<String> APICURIO =
      List.of("avro 1.12.2 (Java)", "apicurio-registry-avro-serde-kafka 3.1.7 (Java)");
  private static final List<String> GLUE =
      List.of("avro 1.12.2 (Java)", "AWS Glue schema-registry-serde 1.1.27 (Java)");

  static List<Map<String, Object>> all() throws Exception {
    List<Map<String, Object>> vectors = new ArrayList<>();
    byte[] data = AvroVectors.written(AvroVectors.ORDER, AvroVectors.order());
    vectors.add(
        registered("Confluent", Vectors.confluent(ID, data), AvroVectors.TOOLS, null));
    vectors.add(rawBytes());
    vectors.add(apicurio("Apicurio, id before the data", false, Map.of()));
    vectors.add(apicurio("Apicurio, id in a header", true, Map.of()));
    Map<String, Object> wide =
        Map.of(
            "apicurio.registry.id-handler",
            Legacy8ByteIdHandler.class.getName(),
            "apicurio.registry.use-id",
            "globalId");
    vectors.add(unknown(apicurio("Apicurio, global id", false, wide), "global id 7 of Apicurio"));
    Map<String, Object> global = Map.of("apicurio.registry.use-id", "globalId");
    vectors.add(
        unknown(
            apicurio("Apicurio, global id in a header", true, global), "global id 7 of Apicurio"));
    for (AWSSchemaRegistryConstants.COMPRESSION compression :
        AWSSchemaRegistryConstants.COMPRESSION.values()) {
      vectors.add(glue(data, compression));
    }
    return vectors;
  }

  /**
   * Confluent's serializer for Java writes values of the schema `"bytes"` without their length
   * (`AbstractKafkaAvroSerializer`).
   */
  private static Map<String, Object> rawBytes() {
    Map<String, Object> vector =
        registered("Confluent, bytes", Vectors.confluent(ID, new byte[] {2, 65, -1}), null, null);
    vector.put("schema", "\"bytes\"");
    vector.put("json", "\"\\u0002A\\u00ff\"");
    return vector;
  }

  private static Map<String, Object> apicurio(
      String name, boolean inHeaders, Map<String, Object> more) {
    Map<String, Object> settings = new LinkedHashMap<>(more);
    settings.put("apicurio.registry.headers.enabled", inHeaders);
    Headers headers = new RecordHeaders();
    try (var serializer =
        new AvroKafkaSerializer<GenericData.Record>(
            new OneSchema<Schema, GenericData.Record>(AvroVectors.ORDER, 7, ID))) {
      serializer.configure(settings, false);
      byte[] bytes = serializer.serialize("orders", headers, AvroVectors.order());
      return registered(name, bytes, APICURIO, headers);
    }
  }

  private static Map<String, Object> glue(
      byte[] data, AWSSchemaRegistryConstants.COMPRESSION compression) throws Exception {
    var settings = new GlueSchemaRegistryConfiguration("eu-west-1");
    settings.setCompressionType(compression);
    byte[] bytes =
        new SerializationDataEncoder(settings)
            .write(data, UUID.fromString("3f2b8c1e-9a47-4d6e-8b15-0c7d9e2f4a61"));
    Map<String, Object> vector = registered("Glue, " + compression, bytes, GLUE, null);
    return unknown(vector, "version 3f2b8c1e-9a47-4d6e-8b15-0c7d9e2f4a61 of AWS Glue");
  }

  private static Map<String, Object> registered(
      String name, byte[] bytes, List<String> tools, Headers headers) {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("schema", AvroVectors.ORDER.toString());
    vector.put("id", ID);
    vector.put("bytes", Vectors.HEX.formatHex(bytes));
    if (headers != null && headers.iterator().hasNext()) {
      vector.put("headers", Vectors.headers(headers));
    }
    vector.put("json", AvroVectors.ORDER_JSON);
    vector.put("tools", tools == null ? List.of("by hand") : tools);
    return vector;
  }

  /** A registry that speaks Confluent's API does not find the schema by what the framing names. */
  private static Map<String, Object> unknown(Map<String, Object> vector, String names)
      throws Exception {
    vector.remove("id");
    vector.put("schema", Vectors.parsed(AvroVectors.ORDER.toString()));
    vector.put("names", names);
    return vector;
  }
}
