package io.accesskeys.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;
import io.accesskeys.restriction.ip.IpRestrictionType;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an address restriction costs, by the length of its list: from text to verdict. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class IpRestrictionBenchmark {

  private static final int ADDRESSES = 1 << 10;

  @Param({"1", "200"})
  int entries;

  @Param({"4", "6"})
  int family;

  private final RequestFacts[] requests = new RequestFacts[ADDRESSES];
  private Restriction restriction;
  private int next;

  /** Ranges that are apart, and addresses of which about half are in one. */
  @Setup
  public void make() throws InvalidRestrictionException {
    Random random = new Random(entries);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "ip");
    ArrayNode allow = json.putArray("allow");
    for (int i = 0; i < entries; i++) {
      allow.add(family == 4 ? "10.%d.0.0/17".formatted(i) : "2001:db8:%x::/49".formatted(i));
    }
    restriction = new IpRestrictionType().parse(json, "");
    for (int i = 0; i < ADDRESSES; i++) {
      int which = random.nextInt(entries);
      int rest = random.nextInt(1 << 16);
      String address =
          family == 4
              ? "10.%d.%d.%d".formatted(which, rest >> 8, rest & 255)
              : "2001:db8:%x:%x:0:0:0:%x".formatted(which, rest, i);
      requests[i] =
          new RequestFacts(
              Optional.of(address), Optional.empty(), RequestHeaders.NONE, Instant.EPOCH);
    }
  }

  /** One request. */
  @Benchmark
  public Verdict allows() {
    next = (next + 1) & (ADDRESSES - 1);
    return restriction.allows(requests[next]);
  }
}
