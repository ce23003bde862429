package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Network.Cable;
import io.accesskeys.bench.Network.Machine;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNamespaces
@RequiresTool({"nginx", "curl"})
final class NetworkTest {

  private static final String SERVER =
      "server { listen @address@:@port@; location / { return 200 \"$remote_addr\"; } }";

  @Test
  void machinesMeetUnderTheirAddresses() {
    try (Network network = Network.create()) {
      Machine far = network.machine("far");
      Cable cable = network.join(Network.here(), far);
      Map<String, String> values = Map.of("address", cable.one());
      try (Nginx nginx = Nginx.start(SERVER, values, Network.here(), cable.one())) {
        assertThat(far.curl(nginx.uri().toString())).isEqualTo(cable.other());
      }
    }
  }

  @Test
  void closingRemovesIt() {
    Machine machine;
    try (Network network = Network.create()) {
      machine = network.machine("gone");
      network.join(Network.here(), machine);
    }
    assertThat(Network.names()).doesNotContain(machine.namespace().orElseThrow());
  }
}
