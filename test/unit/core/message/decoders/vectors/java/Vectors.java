import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Writes the vectors of Java: `java Vectors <folder of vectors> <set of descriptors>`. */
final class Vectors {
  static final HexFormat HEX = HexFormat.of();
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    write(folder.resolve("avro/java.json"), Map.of("vectors", AvroVectors.all()));
    write(folder.resolve("avro/javaFramings.json"), Map.of("vectors", AvroFramings.all()));
    ProtobufVectors protobuf = new ProtobufVectors(folder.resolve("java"), Path.of(arguments[1]));
    for (String file : List.of("java", "javaSecond")) {
      write(folder.resolve("protobuf/" + file + ".json"), protobuf.file(file + ".proto"));
    }
  }

  static Object parsed(String json) throws Exception {
    return JSON.readValue(json, Object.class);
  }

  /** What Confluent's serializers write before the data: a 0 and the id. */
  static byte[] confluent(int id, byte[]... parts) {
    int length = 5;
    for (byte[] part : parts) length += part.length;
    ByteBuffer framed = ByteBuffer.allocate(length).put((byte) 0).putInt(id);
    for (byte[] part : parts) framed.put(part);
    return framed.array();
  }

  static List<Map<String, String>> headers(Headers headers) {
    List<Map<String, String>> all = new ArrayList<>();
    for (Header header : headers) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("name", header.key());
      one.put("value", HEX.formatHex(header.value()));
      all.add(one);
    }
    return all;
  }

  private static void write(Path file, Object content) throws Exception {
    JSON.writeValue(file.toFile(), content);
  }
}
