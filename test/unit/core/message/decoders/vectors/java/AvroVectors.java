import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** What Apache Avro for Java writes. */
final class AvroVectors {
  static final List<String> TOOLS = List.of("avro 1.12.2 (Java)");

  static final Schema ORDER =
      schema(
          """
          {"type": "record", "name": "Order", "namespace": "com.contoso", "fields": [
            {"name": "id", "type": "long"},
            {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID"]}},
            {"name": "note", "type": ["null", "string"], "default": null},
            {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line",
              "fields": [{"name": "article", "type": "string"}, {"name": "count", "type": "int"}]}}},
            {"name": "tags", "type": {"type": "map", "values": ["null", "long", "string", "Line"]}},
            {"name": "mark", "type": {"type": "fixed", "name": "Mark", "size": 3}}]}
          """);
  static final String ORDER_JSON =
      "{\"id\":9007199254740993,\"status\":\"PAID\",\"note\":{\"string\":\"Gr\u00fc\u00dfe\"},"
          + "\"lines\":[{\"article\":\"pen\",\"count\":-2}],"
          + "\"tags\":{\"__proto__\":{\"long\":-9223372036854775808},\"b\":null,"
          + "\"c\":{\"com.contoso.Line\":{\"article\":\"\",\"count\":2147483647}}},"
          + "\"mark\":\"\\u0000A\\u00ff\"}";

  private final List<Map<String, Object>> vectors = new ArrayList<>();
  private final GenericData data = new GenericData();

  private AvroVectors() {
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    data.addLogicalTypeConversion(new Conversions.BigDecimalConversion());
    data.addLogicalTypeConversion(new Conversions.UUIDConversion());
    data.addLogicalTypeConversion(new TimeConversions.DateConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
  }

  static List<Map<String, Object>> all() throws Exception {
    AvroVectors all = new AvroVectors();
    all.plain();
    all.logical();
    all.blocks();
    all.container();
    return all.vectors;
  }

  static GenericData.Record order() {
    Schema line = ORDER.getField("lines").schema().getElementType();
    Map<String, Object> tags = new LinkedHashMap<>();
    tags.put("__proto__", Long.MIN_VALUE);
    tags.put("b", null);
    tags.put("c", record(line, "article", "", "count", Integer.MAX_VALUE));
    return record(
        ORDER,
        "id",
        9007199254740993L,
        "status",
        new GenericData.EnumSymbol(ORDER.getField("status").schema(), "PAID"),
        "note",
        "Gr\u00fc\u00dfe",
        "lines",
        List.of(record(line, "article", "pen", "count", -2)),
        "tags",
        tags,
        "mark",
        new GenericData.Fixed(ORDER.getField("mark").schema(), new byte[] {0, 65, -1}));
  }

  private void plain() throws Exception {
    addChecked("record", ORDER, order(), ORDER_JSON);
    for (long number : new long[] {1L << 53, -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      addChecked("long " + number, schema("\"long\""), number, String.valueOf(number));
    }
    Schema node =
        schema(
            """
            {"type": "record", "name": "Node", "namespace": "a.b", "fields": [
              {"name": "value", "type": "int"}, {"name": "next", "type": ["null", "Node"]}]}
            """);
    addChecked(
        "list of itself",
        node,
        record(node, "value", 1, "next", record(node, "value", 2, "next", null)),
        "{\"value\":1,\"next\":{\"a.b.Node\":{\"value\":2,\"next\":null}}}");
    Schema choice =
        schema(
            """
            ["null", "boolean", "int", "float", "double", "bytes",
             {"type": "fixed", "name": "x.Two", "size": 2}, {"type": "array", "items": "string"}]
            """);
    addChecked("union: float", choice, 0.1f, "{\"float\":0.1}");
    addChecked("union: double", choice, -1e300, "{\"double\":-1e+300}");
    addChecked(
        "union: bytes", choice, ByteBuffer.wrap(new byte[] {-1}), "{\"bytes\":\"\\u00ff\"}");
    addChecked(
        "union: fixed",
        choice,
        new GenericData.Fixed(choice.getTypes().get(6), new byte[] {1, 2}),
        "{\"x.Two\":\"\\u0001\\u0002\"}");
    addChecked("union: array", choice, List.of("a", ""), "{\"array\":[\"a\",\"\"]}");
    Schema text = schema("{\"type\": \"string\", \"avro.java.string\": \"String\"}");
    addChecked("text of a Java type", text, "\ud83d\ude00", "\"\ud83d\ude00\"");
  }

  private void logical() throws Exception {
    String decimal = "\"logicalType\": \"decimal\", \"precision\": 30, \"scale\": 4";
    for (String number :
        List.of("0.0000", "-0.0128", "1.2800", "-99999999999999999999999999.9999")) {
      Object value = new BigDecimal(number);
      add("decimal " + number, schema("{\"type\": \"bytes\", " + decimal + "}"), value, number);
      Schema fixed = schema("{\"type\": \"fixed\", \"name\": \"D\", \"size\": 13, " + decimal + "}");
      add("decimal of a fixed " + number, fixed, value, number);
    }
    for (String number : List.of("12.50", "-0.001", "123456789012345678901234567890.5", "0")) {
      Schema bigDecimal = schema("{\"type\": \"bytes\", \"logicalType\": \"big-decimal\"}");
      add("big-decimal " + number, bigDecimal, new BigDecimal(number), number);
    }
    LocalDate date = LocalDate.of(2026, 11, 28);
    Instant instant = Instant.parse("2026-11-28T10:11:12.345678901Z");
    LocalDateTime local = LocalDateTime.parse("1969-12-31T23:59:59.999999999");
    add("date", logicalSchema("int", "date"), date, "\"2026-11-28\"");
    add(
        "time-millis",
        logicalSchema("int", "time-millis"),
        LocalTime.of(23, 59, 59, 999_000_000),
        "\"23:59:59.999\"");
    add(
        "time-micros",
        logicalSchema("long", "time-micros"),
        LocalTime.of(0, 0, 0, 1_000),
        "\"00:00:00.000001\"");
    String second = "2026-11-28T10:11:12";
    stamp("timestamp-millis", instant, second + ".345Z");
    stamp("timestamp-micros", instant, second + ".345678Z");
    stamp("timestamp-nanos", instant, second + ".345678901Z");
    stamp("local-timestamp-millis", local, "1969-12-31T23:59:59.999");
    stamp("local-timestamp-micros", local, "1969-12-31T23:59:59.999999");
    stamp("local-timestamp-nanos", local, "1969-12-31T23:59:59.999999999");
    UUID uuid = UUID.fromString("3f2b8c1e-9a47-4d6e-8b15-0c7d9e2f4a61");
    add("uuid", logicalSchema("string", "uuid"), uuid, "\"" + uuid + "\"");
    Schema fixed =
        schema("{\"type\": \"fixed\", \"name\": \"U\", \"size\": 16, \"logicalType\": \"uuid\"}");
    add("uuid of a fixed", fixed, uuid, "\"" + uuid + "\"");
    Schema choice =
        schema(
            "[\"null\", {\"type\": \"int\", \"logicalType\": \"date\"}, {\"type\": \"bytes\", "
                + decimal
                + "}]");
    add("union of a date", choice, date, "{\"int\":\"2026-11-28\"}");
    add("union of a decimal", choice, new BigDecimal("1.5000"), "{\"bytes\":1.5000}");
  }

  private void stamp(String name, Object value, String text) throws Exception {
    add(name, logicalSchema("long", name), value, '"' + text + '"');
  }

  /** Long lists and maps in blocks that say how many bytes they have. */
  private void blocks() throws Exception {
    List<String> texts = new ArrayList<>(Collections.nCopies(12, "abcdefghijklmnop"));
    Schema list = schema("{\"type\": \"array\", \"items\": \"string\"}");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
    BinaryEncoder encoder = factory.blockingBinaryEncoder(out, null);
    new GenericDatumWriter<Object>(list, data).write(texts, encoder);
    encoder.flush();
    String json = "[\"" + String.join("\",\"", texts) + "\"]";
    Map<String, Object> vector = vector("blocks with sizes", list, out.toByteArray(), json);
    vector.put("again", Vectors.HEX.formatHex(bytes(list, texts)));
    vectors.add(vector);
  }

  private void container() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(ORDER))) {
      writer.setCodec(CodecFactory.deflateCodec(9));
      writer.create(ORDER, out, "0123456789abcdef".getBytes());
      writer.append(order());
    }
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("name", "file of objects, deflated");
    vector.put("bytes", Vectors.HEX.formatHex(out.toByteArray()));
    vector.put("json", ORDER_JSON);
    vector.put("tools", TOOLS);
    vectors.add(vector);
  }

  /** Adds a vector whose JSON is also Avro's own, which is read back to the same value. */
  private void addChecked(String name, Schema schema, Object value, String json) throws Exception {
    Object ofBytes = read(schema, DecoderFactory.get().binaryDecoder(bytes(schema, value), null));
    Object ofJson = read(schema, DecoderFactory.get().jsonDecoder(schema, json));
    if (!ofBytes.equals(ofJson)) throw new AssertionError(name + ": " + ofJson);
    add(name, schema, value, json);
  }

  private Object read(Schema schema, Decoder decoder) throws Exception {
    return new GenericDatumReader<Object>(schema, schema, data).read(null, decoder);
  }

  private void add(String name, Schema schema, Object value, String json) throws Exception {
    vectors.add(vector(name, schema, bytes(schema, value), json));
  }

  static Map<String, Object> vector(String name, Schema schema, byte[] bytes, String json)
      throws Exception {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("schema", Vectors.parsed(schema.toString()));
    vector.put("bytes", Vectors.HEX.formatHex(bytes));
    vector.put("json", json);
    vector.put("tools", TOOLS);
    return vector;
  }

  private byte[] bytes(Schema schema, Object value) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<Object>(schema, data).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  static byte[] written(Schema schema, Object value) throws Exception {
    return new AvroVectors().bytes(schema, value);
  }

  static GenericData.Record record(Schema schema, Object... namesAndValues) {
    GenericRecordBuilder builder = new GenericRecordBuilder(schema);
    for (int at = 0; at < namesAndValues.length; at += 2) {
      builder.set((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return builder.build();
  }

  private static Schema logicalSchema(String type, String logicalType) {
    return schema("{\"type\": \"" + type + "\", \"logicalType\": \"" + logicalType + "\"}");
  }

  static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }
}
