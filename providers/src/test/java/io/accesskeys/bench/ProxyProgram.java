package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;

/** A reverse proxy that can run as a child process, whoever runs the tests. */
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
  };

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
}
