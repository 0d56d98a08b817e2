package parity.harness.report;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published JSON Schema of {@code report.json}. */
public final class ReportSchema {
  private static final Path FILE = Path.of("..", "docs", "report.schema.json");

  private ReportSchema() {}

  /** What in a report is not as the schema says; empty if all is. */
  public static List<String> errors(String report) {
    try {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(Files.readString(FILE), InputFormat.JSON);
      return schema.validate(report, InputFormat.JSON).stream().map(Error::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
