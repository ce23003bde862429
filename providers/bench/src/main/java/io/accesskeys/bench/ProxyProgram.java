package io.accesskeys.bench;

import io.accesskeys.springapi.OrdersApi;
import java.io.File;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can stand guard before an API: it runs as a child process, whoever runs the tests. */
enum ProxyProgram {
  // One process without workers: nothing to switch users for.
  NGINX(
      "nginx",
      """
      daemon off;
      master_process off;
      pid @folder@/nginx.pid;
      error_log @folder@/error.log info;
      events {}
      http {
        access_log @folder@/access.log;
        client_body_temp_path @folder@/body;
        proxy_temp_path @folder@/proxy;
        fastcgi_temp_path @folder@/fastcgi;
        uwsgi_temp_path @folder@/uwsgi;
        scgi_temp_path @folder@/scgi;
      @config@
      }
      """) {
    @Override
    List<String> arguments(Path folder, Path config) {
      return List.of(
          "-p",
          folder.toString(),
          "-c",
          config.toString(),
          // Else it first opens the log it was compiled with, which is not ours to write.
          "-e",
          folder.resolve("error.log").toString());
    }
  },

  // Its admin API would take a fixed port.
  CADDY(
      "caddy",
      """
      {
        admin off
      }
      @config@
      """) {
    @Override
    List<String> arguments(Path folder, Path config) {
      return List.of("run", "--adapter", "caddyfile", "--config", config.toString());
    }
  },

  // As Debian builds it, with what a2enmod would have switched on. Root's children need another
  // user.
  APACHE(
      "apache2",
      """
      ServerRoot @folder@
      ServerName 127.0.0.1
      DefaultRuntimeDir @folder@
      PidFile @folder@/apache.pid
      ErrorLog @folder@/error.log
      LogLevel info
      User www-data
      Group www-data
      LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
      LoadModule auth_openidc_module /usr/lib/apache2/modules/mod_auth_openidc.so
      LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
      LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
      LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
      LoadModule env_module /usr/lib/apache2/modules/mod_env.so
      LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
      LoadModule macro_module /usr/lib/apache2/modules/mod_macro.so
      LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
      LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
      LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
      LoadModule setenvif_module /usr/lib/apache2/modules/mod_setenvif.so
      @config@
      """) {
    @Override
    List<String> arguments(Path folder, Path config) {
      return List.of("-d", folder.toString(), "-f", config.toString(), "-DFOREGROUND");
    }
  },

  HAPROXY("haproxy", "@config@") {
    @Override
    List<String> arguments(Path folder, Path config) {
      return List.of("-db", "-f", config.toString());
    }
  },

  // No proxy: an API that guards itself. Its class path is its own, that of the tests has other
  // things.
  SPRING("java", "@config@") {
    @Override
    List<String> arguments(Path folder, Path config) {
      return List.of(
          "-XX:TieredStopAtLevel=1",
          "-cp",
          springClassPath(),
          OrdersApi.class.getName(),
          // The file has no name that tells what is in it.
          "--spring.config.location=file:" + config + "[.yaml]");
    }
  };

  private static final Pattern SPRING_LIBRARY =
      Pattern.compile(
          "(spring|tomcat-embed|jackson-(core|databind|annotations)|nimbus-jose-jwt|oauth2-oidc-sdk|content-type|lang-tag|json-smart|accessors-smart|asm|jcip|snakeyaml|jakarta.annotation|micrometer-(commons|observation))[-.\\w]*\\.jar");

  private final String command;
  private final String frame;

  ProxyProgram(String command, String frame) {
    this.command = command;
    this.frame = frame;
  }

  /** What it is called on the PATH. */
  String command() {
    return command;
  }

  /** The whole configuration around this part; {@code @folder@} and {@code @port@} are open. */
  String framed(String config) {
    return frame.replace("@config@", config);
  }

  /** What follows the command, so that it stays in the foreground. */
  abstract List<String> arguments(Path folder, Path config);

  private static String springClassPath() {
    Stream<String> libraries =
        classPath()
            .filter(
                path -> SPRING_LIBRARY.matcher(Path.of(path).getFileName().toString()).matches());
    String ours = OrdersApi.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Stream.concat(Stream.of(ours), libraries)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> classPath() {
    if (OrdersApi.class.getClassLoader() instanceof URLClassLoader loader) {
      // The demo runs in Maven's own JVM.
      return Stream.of(loader.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString());
    }
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }
}
