/*
 * The gateway of the benchmark: takes every message and forgets it, on a free port of the loopback, whose number it prints.
 *
 *   sink          answers; a line on its input is answered with what arrived so far, as JSON
 *   sink silent   connections are made by the kernel, and nobody ever greets
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 2048, CHUNK = 65536 };

struct client {
  int fd;
  int in_data;
  /* Octets of CRLF.CRLF seen; a message begins as if CRLF came before it. */
  int end_seen;
  int line_length;
  char line[LINE];
};

static long messages;
static double first_ms, last_ms;

static double now_ms(void) {
  struct timespec moment;
  clock_gettime(CLOCK_MONOTONIC, &moment);
  return moment.tv_sec * 1e3 + moment.tv_nsec / 1e6;
}

static const char *answer(struct client *c) {
  if (strncasecmp(c->line, "EHLO", 4) == 0) return "250-sink\r\n250-PIPELINING\r\n250-SIZE\r\n250 8BITMIME\r\n";
  if (strncasecmp(c->line, "QUIT", 4) == 0) return "221 bye\r\n";
  if (strncasecmp(c->line, "DATA", 4) != 0) return "250 ok\r\n";
  c->in_data = 1;
  c->end_seen = 2;
  return "354 go\r\n";
}

static int data_ends(struct client *c, char octet) {
  static const char end[] = "\r\n.\r\n";
  if (octet == end[c->end_seen]) c->end_seen += 1;
  else c->end_seen = octet == '\r' ? 1 : 0;
  return c->end_seen == 5;
}

/* Returns 0 when the client is gone. */
static int serve(struct client *c) {
  char chunk[CHUNK], out[CHUNK];
  size_t out_length = 0;
  int quits = 0;
  ssize_t got = recv(c->fd, chunk, sizeof chunk, 0);
  if (got <= 0) return 0;
  for (ssize_t at = 0; at < got; at += 1) {
    const char *reply = NULL;
    if (c->in_data) {
      if (!data_ends(c, chunk[at])) continue;
      c->in_data = 0;
      last_ms = now_ms();
      if (messages == 0) first_ms = last_ms;
      messages += 1;
      reply = "250 taken\r\n";
    } else {
      if (c->line_length < LINE - 1) c->line[c->line_length++] = chunk[at];
      if (chunk[at] != '\n') continue;
      c->line[c->line_length] = 0;
      quits = strncasecmp(c->line, "QUIT", 4) == 0;
      reply = answer(c);
      c->line_length = 0;
    }
    size_t length = strlen(reply);
    if (out_length + length > sizeof out) return 0;
    memcpy(out + out_length, reply, length);
    out_length += length;
  }
  if (out_length > 0 && send(c->fd, out, out_length, MSG_NOSIGNAL) < 0) return 0;
  return !quits;
}

static void welcome(int poller, int listener) {
  int on = 1, fd = accept(listener, NULL, NULL);
  if (fd < 0) return;
  struct client *c = calloc(1, sizeof *c);
  c->fd = fd;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = c}};
  epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
  send(fd, "220 sink ESMTP\r\n", 16, MSG_NOSIGNAL);
}

int main(int argc, char **argv) {
  int silent = argc > 1 && strcmp(argv[1], "silent") == 0;
  signal(SIGPIPE, SIG_IGN);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof own;
  if (bind(listener, (struct sockaddr *)&own, size) < 0 || listen(listener, 1024) < 0) return 1;
  getsockname(listener, (struct sockaddr *)&own, &size);
  printf("%d\n", ntohs(own.sin_port));
  fflush(stdout);
  int poller = epoll_create1(0);
  static struct client standard_input, door;
  struct epoll_event asks = {.events = EPOLLIN, .data = {.ptr = &standard_input}};
  struct epoll_event comes = {.events = EPOLLIN, .data = {.ptr = &door}};
  epoll_ctl(poller, EPOLL_CTL_ADD, 0, &asks);
  if (!silent) epoll_ctl(poller, EPOLL_CTL_ADD, listener, &comes);
  for (;;) {
    struct epoll_event events[256];
    int count = epoll_wait(poller, events, 256, -1);
    for (int n = 0; n < count; n += 1) {
      struct client *c = events[n].data.ptr;
      if (c == &door) {
        welcome(poller, listener);
      } else if (c == &standard_input) {
        char line[LINE];
        if (read(0, line, sizeof line) <= 0) return 0;
        printf("{\"messages\":%ld,\"firstMs\":%.3f,\"lastMs\":%.3f}\n", messages, first_ms, last_ms);
        fflush(stdout);
      } else if (!serve(c)) {
        close(c->fd);
        free(c);
      }
    }
  }
}
