/*
 * The load of the benchmark: SMTP sessions without pipelining in one process, the same for every server that is measured.
 *
 *   load-client PORT SESSIONS PER_CONNECTION OCTETS SECONDS MESSAGES RATE
 *
 * PER_CONNECTION 0: one connection for all messages of a session. MESSAGES 0: until the time is over. RATE 0: each session
 * sends as fast as it is answered; otherwise connections per second, and a message that has to wait for a free session
 * has waited since its turn. Prints one line of JSON. A time runs from the connect, or from MAIL on a connection in use,
 * to the reply to the final dot.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_SESSIONS = 1024, MAX_TIMES = 4000000, LINE = 4096, PAUSE_MS = 10 };
enum phase { IDLE, GREETING, EHLO, MAIL, RCPT, DATA, BODY, QUIT };

struct session {
  int fd;
  enum phase phase;
  long messages;
  double began;
  double not_before;
  size_t body_sent;
  size_t pending;
  char line[LINE];
};

static struct session sessions[MAX_SESSIONS];
static double *times;
static long accepted, started, errors;
static char *body;
static size_t body_size;
static int poller;
static int port, session_count;
static long per_connection, wanted;
static double rate, next_turn;

static double now(void) {
  struct timespec moment;
  clock_gettime(CLOCK_MONOTONIC, &moment);
  return moment.tv_sec + moment.tv_nsec / 1e9;
}

static void make_body(size_t octets) {
  const char *head = "From: ca@ca.example\r\nTo: user@gateway.example\r\nSubject: Certificate issued\r\n\r\n";
  body = malloc(octets + 256);
  body_size = strlen(head);
  memcpy(body, head, body_size);
  while (body_size < octets) {
    size_t text = octets - body_size > 78 ? 76 : octets - body_size > 2 ? octets - body_size - 2 : 1;
    memset(body + body_size, 'x', text);
    memcpy(body + body_size + text, "\r\n", 2);
    body_size += text + 2;
  }
  memcpy(body + body_size, ".\r\n", 3);
  body_size += 3;
}

static void watch(struct session *s, int action, uint32_t events) {
  struct epoll_event event = {.events = events, .data = {.ptr = s}};
  epoll_ctl(poller, action, s->fd, &event);
}

static void hang_up(struct session *s) {
  if (s->fd >= 0) close(s->fd);
  s->fd = -1;
  s->phase = IDLE;
  s->not_before = 0;
}

static void fail(struct session *s) {
  errors += 1;
  hang_up(s);
  s->not_before = now() + PAUSE_MS / 1e3;
}

static void say(struct session *s, const char *command, enum phase next) {
  size_t length = strlen(command);
  s->phase = next;
  if (send(s->fd, command, length, MSG_NOSIGNAL) != (ssize_t)length) fail(s);
}

static void dial(struct session *s, double began) {
  struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int on = 1;
  s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  s->phase = GREETING;
  s->messages = 0;
  s->pending = 0;
  s->began = began;
  if (connect(s->fd, (struct sockaddr *)&peer, sizeof peer) < 0 && errno != EINPROGRESS) {
    fail(s);
    return;
  }
  watch(s, EPOLL_CTL_ADD, EPOLLIN);
}

static void mail(struct session *s) {
  if (wanted > 0 && started >= wanted) {
    say(s, "QUIT\r\n", QUIT);
    return;
  }
  started += 1;
  say(s, "MAIL FROM:<ca@ca.example>\r\n", MAIL);
}

static void send_body(struct session *s) {
  while (s->body_sent < body_size) {
    ssize_t sent = send(s->fd, body + s->body_sent, body_size - s->body_sent, MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) {
      watch(s, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
      return;
    }
    if (sent < 0) {
      fail(s);
      return;
    }
    s->body_sent += sent;
  }
  watch(s, EPOLL_CTL_MOD, EPOLLIN);
}

static void message_taken(struct session *s) {
  double moment = now();
  if (accepted < MAX_TIMES) times[accepted] = moment - s->began;
  accepted += 1;
  s->messages += 1;
  if (per_connection > 0 && s->messages >= per_connection) {
    say(s, "QUIT\r\n", QUIT);
  } else {
    s->began = moment;
    mail(s);
  }
}

static void replied(struct session *s, const char *line) {
  char expected = s->phase == DATA ? '3' : '2';
  if (s->phase == QUIT) {
    hang_up(s);
    return;
  }
  if (line[0] != expected) {
    if (s->phase >= MAIL) started -= 1;
    fail(s);
    return;
  }
  switch (s->phase) {
    case GREETING: say(s, "EHLO ca.example\r\n", EHLO); break;
    case EHLO: mail(s); break;
    case MAIL: say(s, "RCPT TO:<user@gateway.example>\r\n", RCPT); break;
    case RCPT: say(s, "DATA\r\n", DATA); break;
    case DATA:
      s->phase = BODY;
      s->body_sent = 0;
      send_body(s);
      break;
    case BODY: message_taken(s); break;
    default: break;
  }
}

static void readable(struct session *s) {
  ssize_t got = recv(s->fd, s->line + s->pending, LINE - s->pending - 1, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    if (s->phase == QUIT) hang_up(s);
    else {
      if (s->phase >= MAIL) started -= 1;
      fail(s);
    }
    return;
  }
  s->pending += got;
  s->line[s->pending] = 0;
  char *at = s->line, *end;
  while (s->fd >= 0 && (end = strchr(at, '\n')) != NULL) {
    char *line = at;
    at = end + 1;
    if (line[3] != '-') replied(s, line);
  }
  if (s->fd < 0) return;
  s->pending -= at - s->line;
  memmove(s->line, at, s->pending);
}

static void open_sessions(void) {
  double moment = now();
  for (int n = 0; n < session_count; n += 1) {
    struct session *s = &sessions[n];
    if (s->phase != IDLE || s->not_before > moment || (wanted > 0 && started >= wanted)) continue;
    if (rate == 0) dial(s, moment);
    else if (next_turn <= moment) {
      dial(s, next_turn);
      next_turn += 1 / rate;
    }
  }
}

static int by_size(const void *a, const void *b) {
  double one = *(const double *)a, other = *(const double *)b;
  return one < other ? -1 : one > other;
}

static double percentile(long count, double share) {
  return count == 0 ? 0 : times[(long)((count - 1) * share)] * 1e3;
}

int main(int argc, char **argv) {
  if (argc != 8) return 2;
  port = atoi(argv[1]);
  session_count = atoi(argv[2]);
  per_connection = atol(argv[3]);
  make_body(atol(argv[4]));
  double seconds = atof(argv[5]);
  wanted = atol(argv[6]);
  rate = atof(argv[7]);
  if (session_count > MAX_SESSIONS) return 2;
  signal(SIGPIPE, SIG_IGN);
  times = malloc(MAX_TIMES * sizeof *times);
  poller = epoll_create1(0);
  for (int n = 0; n < session_count; n += 1) sessions[n] = (struct session){.fd = -1};
  double start = now();
  next_turn = start;
  while (now() - start < seconds && (wanted == 0 || accepted < wanted)) {
    struct epoll_event events[256];
    open_sessions();
    int count = epoll_wait(poller, events, 256, rate > 0 ? 1 : PAUSE_MS);
    for (int n = 0; n < count; n += 1) {
      struct session *s = events[n].data.ptr;
      if (s->fd < 0) continue;
      if (events[n].events & EPOLLOUT && s->phase == BODY) send_body(s);
      if (s->fd >= 0 && events[n].events & ~EPOLLOUT) readable(s);
    }
  }
  double elapsed = now() - start;
  long count = accepted < MAX_TIMES ? accepted : MAX_TIMES;
  qsort(times, count, sizeof *times, by_size);
  printf("{\"accepted\":%ld,\"seconds\":%.4f,\"errors\":%ld,\"startedAtMs\":%.3f,\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"maxMs\":%.3f}\n", accepted, elapsed,
         errors, start * 1e3, percentile(count, 0.5), percentile(count, 0.99), percentile(count, 1));
  return 0;
}
