package io.accesskeys.rest.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.accesskeys.http.JsonText;
import io.accesskeys.http.KeyPages;
import io.accesskeys.http.KeyQuery;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.LegacyAlgorithm;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyImporter.BeyondPolicy;
import io.accesskeys.transfer.CsvImport;
import io.accesskeys.transfer.KeyExport;
import io.accesskeys.transfer.KeyImport;
import io.accesskeys.transfer.KeyImport.Outcome;
import io.accesskeys.transfer.TransferRow;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes keys along when a realm is exported and imported. A hash that is planted is a key to its
 * owner's rights, so this needs all that an administrator can have.
 */
final class TransferResource {

  private static final int MAX_ROWS = 1_000;
  private static final int MAX_LENGTH = 4 * 1024 * 1024;
  private static final String BEYOND_POLICY = "beyondPolicy";
  private static final Map<String, BeyondPolicy> CHOICES =
      Map.of("refuse", BeyondPolicy.REFUSE, "keep", BeyondPolicy.KEEP);

  private static final Map<String, KeyKind> LEGACY_KINDS =
      Stream.of(KeyKind.API_KEY, KeyKind.PERSONAL_ACCESS_TOKEN)
          .collect(Collectors.toMap(KeyKind::wireName, kind -> kind));
  private static final Map<String, LegacyAlgorithm> ALGORITHMS =
      Stream.of(LegacyAlgorithm.values())
          .collect(Collectors.toMap(LegacyAlgorithm::wireName, algorithm -> algorithm));

  /** What spreadsheets put in front of a text in UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final AdminContext admin;

  TransferResource(AdminContext admin) {
    this.admin = admin;
  }

  /** A page of rows; the {@code Link} header names the next. */
  Response export() {
    admin.permissions().requireEverything();
    KeyExport export = new KeyExport(admin.session(), admin.realm());
    return new KeyPages(admin.session())
        .page(
            new KeyQuery(admin.session()).search(Set.of(), admin.now()),
            keys -> keys.stream().flatMap(key -> export.row(key).stream()).toList());
  }

  /** Stores rows, and says what became of each. */
  Response add(byte[] body) {
    admin.permissions().requireEverything();
    Requests.requireTransportForSecrets(admin.session());
    KeyImport into = into();
    return answer(into.addAll(rows(admin.json(body))));
  }

  /** Stores keys of another system from a table, and says what became of each row. */
  Response addCsv(byte[] body) {
    admin.permissions().requireEverything();
    Requests.requireTransportForSecrets(admin.session());
    CsvImport.Options options =
        new CsvImport.Options(
            choice("kind", "", LEGACY_KINDS, "must be api-key or personal-access-token"),
            choice("algorithm", "", ALGORITHMS, "must be sha256 or hmac-sha256"),
            admin.actor().userId(),
            admin.now(),
            admin.random());
    return answer(new CsvImport(admin.session(), admin.realm(), into(), options).add(csv(body)));
  }

  private Response answer(List<Outcome> outcomes) {
    Map<String, Long> counts =
        outcomes.stream().collect(Collectors.groupingBy(Outcome::result, Collectors.counting()));
    admin.imported(counts);
    return AdminContext.ok(outcomes);
  }

  private KeyImport into() {
    BeyondPolicy beyond = choice(BEYOND_POLICY, "refuse", CHOICES, "must be refuse or keep");
    return new KeyImport(
        admin.session(), admin.realm(), admin.manager().importAll(beyond, admin.actor()));
  }

  private <T> T choice(String parameter, String preset, Map<String, T> choices, String rule) {
    List<String> asked =
        admin
            .session()
            .getContext()
            .getUri()
            .getQueryParameters()
            .getOrDefault(parameter, List.of(preset));
    if (asked.size() != 1 || !choices.containsKey(asked.get(0))) {
      throw new InvalidRequestException(parameter, rule);
    }
    return choices.get(asked.get(0));
  }

  private static String csv(byte[] body) {
    if (body != null && body.length > MAX_LENGTH) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "The body has more than 4 MiB").exception();
    }
    String text =
        StorableText.inUtf8(body == null ? new byte[0] : body)
            .orElseThrow(
                () -> new InvalidRequestException("", "The body is not UTF-8: send CSV in UTF-8"));
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static List<TransferRow> rows(String body) {
    if (body.length() > MAX_LENGTH) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "The body has more than 4 MiB").exception();
    }
    try {
      List<TransferRow> rows =
          JSON.treeToValue(JsonText.parse(body), new TypeReference<List<TransferRow>>() {});
      if (rows == null || rows.size() > MAX_ROWS || rows.contains(null)) {
        throw new InvalidRequestException("", "The body must be at most " + MAX_ROWS + " rows");
      }
      return rows;
    } catch (JsonMappingException e) {
      throw new InvalidRequestException(path(e), "is not known here, or of another type");
    } catch (JsonProcessingException e) {
      throw new InvalidRequestException("", "The body is not valid JSON");
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining());
  }
}
