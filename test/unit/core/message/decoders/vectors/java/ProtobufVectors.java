import com.amazonaws.services.schemaregistry.serializers.protobuf.MessageIndexFinder;
import com.amazonaws.services.schemaregistry.serializers.protobuf.ProtobufWireFormatEncoder;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.JsonFormat;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaSerializer;
import io.apicurio.registry.utils.protobuf.schema.FileDescriptorUtils;
import io.apicurio.registry.utils.protobuf.schema.ProtobufSchema;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What Google's library for Java writes, and how serializers of Java frame it. */
final class ProtobufVectors {
  private static final int ID = 258;
  private final Path folder;
  private final FileDescriptorSet descriptors;
  private final Map<String, FileDescriptor> files = new LinkedHashMap<>();

  ProtobufVectors(Path folder, Path descriptors) throws Exception {
    this.folder = folder;
    this.descriptors = FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors));
    for (FileDescriptorProto proto : this.descriptors.getFileList()) {
      FileDescriptor[] imports =
          proto.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
      files.put(proto.getName(), FileDescriptor.buildFrom(proto, imports));
    }
  }

  Map<String, Object> file(String name) throws Exception {
    FileDescriptor file = files.get(name);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("tool", "protobuf-java 4.36.2 (Java), protoc 4.36.2");
    content.put("files", Map.of(name, Files.readString(folder.resolve(name))));
    content.put("descriptors", Base64.getEncoder().encodeToString(with(file).toByteArray()));
    content.put("vectors", name.equals("java.proto") ? third(file) : second(file));
    return content;
  }

  /** The file, after all that it imports. */
  private FileDescriptorSet with(FileDescriptor file) {
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    for (FileDescriptor each : file.getDependencies()) set.addFile(each.toProto());
    return set.addFile(file.toProto()).build();
  }

  private List<Map<String, Object>> third(FileDescriptor file) throws Exception {
    Descriptor order = file.findMessageTypeByName("Order");
    Descriptor line = order.findNestedTypeByName("Line");
    Descriptor address = order.findNestedTypeByName("Address");
    Descriptor note = line.findNestedTypeByName("Note");
    List<Map<String, Object>> vectors = new ArrayList<>();
    vectors.add(vector("empty", message(order, "{}")));
    vectors.add(
        vector(
            "maps",
            message(
                order,
                """
                {"lines": {"__proto__": {"article": "pen", "parts": {"-1": "a", "-7": ""}}, "": {}},
                 "marks": {"-9223372036854775808": "/w==", "9223372036854775807": ""},
                 "flags": {"true": "PAID", "false": "UNKNOWN"}}
                """)));
    for (String choice :
        List.of("\"card\": \"\"", "\"cash\": false", "\"invoice\": {\"city\": \"London\"}")) {
      vectors.add(vector("oneof: " + choice, message(order, "{" + choice + "}")));
    }
    vectors.add(
        vector(
            "numbers",
            message(
                order,
                """
                {"id": "-9223372036854775808", "steps": [0, -1, 2147483647, -2147483648],
                 "numbers": ["1", "18446744073709551615"], "note": "",
                 "largest": "18446744073709551615", "weight": -1e300}
                """)));
    vectors.add(
        vector(
            "any",
            message(
                order,
                """
                {"attachment": {"@type": "type.googleapis.com/contoso.java.Order.Address",
                 "city": "Paris"}, "placed": "2026-11-28T10:11:12.345678901Z",
                 "free": {"a": [1, null, {"b": "c"}]}}
                """)));
    vectors.add(
        vector(
            "any of an any",
            message(
                order,
                """
                {"attachment": {"@type": "type.googleapis.com/google.protobuf.Any", "value":
                  {"@type": "type.googleapis.com/google.protobuf.Timestamp",
                   "value": "1970-01-01T00:00:00Z"}}}
                """)));
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(50, field().addVarint(-1).build())
            .addField(51, field().addFixed32(1).addFixed64(2).build())
            .addField(
                52,
                field()
                    .addLengthDelimited(ByteString.copyFromUtf8("text"))
                    .addGroup(
                        UnknownFieldSet.newBuilder()
                            .addField(1, field().addVarint(5).build())
                            .build())
                    .build())
            .build();
    vectors.add(
        vector(
            "unknown fields",
            message(order, "{\"id\": \"1\"}").toBuilder().setUnknownFields(unknown).build()));
    vectors.add(
        vector(
            "an enum without a name",
            DynamicMessage.parseFrom(order, new byte[] {(byte) 0x80, 1, 5})));
    Message cancelled = message(file.findMessageTypeByName("Cancelled"), "{\"id\": \"3\"}");
    Message city = message(address, "{\"city\": \"London\"}");
    vectors.add(framed("Confluent", message(order, "{\"id\": \"2\"}"), 0));
    vectors.add(framed("Confluent, second message", cancelled, 1));
    vectors.add(framed("Confluent, within", city, 0, 1));
    vectors.add(framed("Confluent, twice within", message(note, "{\"text\": \"x\"}"), 0, 0, 0));
    vectors.add(apicurio("Apicurio", city, false));
    vectors.add(apicurio("Apicurio, in headers", city, true));
    Message text = message(note, "{\"text\": \"y\"}");
    for (Message each :
        List.of(cancelled, city, text, message(line, "{}"), message(order, "{\"id\": \"4\"}"))) {
      vectors.add(glue("Glue, " + each.getDescriptorForType().getName(), each));
    }
    return vectors;
  }

  private List<Map<String, Object>> second(FileDescriptor file) throws Exception {
    Descriptor device = file.findMessageTypeByName("Device");
    List<Map<String, Object>> vectors = new ArrayList<>();
    vectors.add(vector("smallest", message(device, "{\"name\": \"\"}")));
    vectors.add(
        vector(
            "groups",
            message(
                device,
                """
                {"name": "a", "place": {"hall": "H", "shelf": [{"number": 1}, {"number": -1}]},
                 "level": 7, "mark": "AP8="}
                """)));
    DynamicMessage extended =
        DynamicMessage.newBuilder(device)
            .setField(device.findFieldByName("name"), "b")
            .setField(file.findExtensionByName("owner"), "Ada")
            .build();
    Map<String, Object> extension = vector("extensions", extended);
    // Its JSON names extensions as if they were fields, which it cannot read.
    extension.put("json", Map.of("name", "b", "[contoso.java.second.owner]", "Ada"));
    vectors.add(extension);
    vectors.add(
        framed(
            "Confluent, within",
            message(device.findNestedTypeByName("Setting"), "{\"value\": \"5\"}"),
            0,
            0));
    return vectors;
  }

  private Map<String, Object> vector(String name, Message message) throws Exception {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("message", message.getDescriptorForType().getFullName());
    vector.put("bytes", Vectors.HEX.formatHex(message.toByteArray()));
    String json = JsonFormat.printer().usingTypeRegistry(types()).print(message);
    vector.put("json", Vectors.parsed(json));
    return vector;
  }

  /** `indexes`: of the messages that the `.proto` text has, as Confluent's library counts them. */
  private Map<String, Object> framed(String name, Message message, int... indexes)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    if (indexes.length == 1 && indexes[0] == 0) out.writeSInt32NoTag(0);
    else {
      out.writeSInt32NoTag(indexes.length);
      for (int index : indexes) out.writeSInt32NoTag(index);
    }
    out.flush();
    Map<String, Object> vector = vector(name, message);
    byte[] framed = Vectors.confluent(ID, bytes.toByteArray(), message.toByteArray());
    vector.put("framed", Vectors.HEX.formatHex(framed));
    vector.put("id", ID);
    return vector;
  }

  private Map<String, Object> apicurio(String name, Message message, boolean inHeaders)
      throws Exception {
    FileDescriptor file = message.getDescriptorForType().getFile();
    ProtobufSchema schema =
        new ProtobufSchema(file, FileDescriptorUtils.fileDescriptorToProtoFile(file.toProto()));
    Headers headers = new RecordHeaders();
    Map<String, Object> vector = vector(name, message);
    try (var serializer =
        new ProtobufKafkaSerializer<Message>(new OneSchema<ProtobufSchema, Message>(schema, 7, ID))) {
      serializer.configure(
          Map.of(
              "apicurio.registry.headers.enabled",
              inHeaders,
              "apicurio.registry.serde.validation-enabled",
              false),
          false);
      byte[] bytes = serializer.serialize("orders", headers, message);
      vector.put("framed", Vectors.HEX.formatHex(bytes));
    }
    vector.put("id", ID);
    if (inHeaders) vector.put("headers", Vectors.headers(headers));
    vector.put("by", "apicurio-registry-protobuf-serde-kafka 3.1.7 (Java)");
    return vector;
  }

  private Map<String, Object> glue(String name, Message message) throws Exception {
    Map<String, Object> vector = vector(name, message);
    FileDescriptor file = message.getDescriptorForType().getFile();
    byte[] data = new ProtobufWireFormatEncoder(new MessageIndexFinder()).encode(message, file);
    vector.put(
        "framed", "03003f2b8c1e9a474d6e8b150c7d9e2f4a61" + Vectors.HEX.formatHex(data));
    vector.put("by", "AWS Glue schema-registry-serde 1.1.27 (Java)");
    return vector;
  }

  private Message message(Descriptor type, String json) throws Exception {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    JsonFormat.parser().usingTypeRegistry(types()).merge(json, builder);
    return builder.build();
  }

  private TypeRegistry types() {
    TypeRegistry.Builder types = TypeRegistry.newBuilder();
    for (FileDescriptor file : files.values()) types.add(file.getMessageTypes());
    return types.build();
  }

  private static UnknownFieldSet.Field.Builder field() {
    return UnknownFieldSet.Field.newBuilder();
  }
}
