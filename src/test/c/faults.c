/* SPDX-License-Identifier: Apache-2.0
 * Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
 *
 * Preloaded into a real server by RealFaultsIT: disk and wall clock fail when the test says so.
 *
 * The test writes into the file named by FAULTS_FILE, which this maps: how far the wall clock is
 * off, and whether writes and syncs of files whose name contains FAULTS_PATH fail. A fault that
 * came is counted, so that the test knows that it really happened. The monotonic clock is left
 * alone, as a step of the wall clock leaves it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

struct faults {
  volatile int64_t wall_offset_ns;
  volatile int64_t fsync_fails;
  volatile int64_t write_fails;
  volatile int64_t happened;
};

static struct faults none;
static struct faults *faults = &none;
static const char *path_part = "";

static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_pwrite64 = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  const char *file = getenv("FAULTS_FILE");
  const char *part = getenv("FAULTS_PATH");
  int fd = file == NULL ? -1 : open(file, O_RDWR);
  if (fd >= 0) {
    void *at = mmap(NULL, sizeof(struct faults), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at != MAP_FAILED) {
      faults = at;
    }
    close(fd);
  }
  if (part != NULL) {
    path_part = part;
  }
}

static int is_meant(int fd) {
  char link[64];
  char name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length < 0) {
    return 0;
  }
  name[length] = 0;
  return strstr(name, path_part) != NULL;
}

static int fails(int64_t wanted, int fd) {
  if (wanted == 0 || !is_meant(fd)) {
    return 0;
  }
  __atomic_add_fetch(&faults->happened, 1, __ATOMIC_SEQ_CST);
  errno = EIO;
  return 1;
}

int fsync(int fd) { return fails(faults->fsync_fails, fd) ? -1 : real_fsync(fd); }

int fdatasync(int fd) { return fails(faults->fsync_fails, fd) ? -1 : real_fdatasync(fd); }

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  return fails(faults->write_fails, fd) ? -1 : real_pwrite64(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return pwrite64(fd, bytes, count, at);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  return fails(faults->write_fails, fd) ? -1 : real_write(fd, bytes, count);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = real_clock_gettime(clock, now);
  if (clock == CLOCK_REALTIME && result == 0) {
    int64_t ns = (int64_t)now->tv_sec * 1000000000 + now->tv_nsec + faults->wall_offset_ns;
    now->tv_sec = ns / 1000000000;
    now->tv_nsec = ns % 1000000000;
  }
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}
