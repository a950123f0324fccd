// SPDX-License-Identifier: MIT
// Does something again and again, and prints how many nanoseconds once took, in the fifth best of fifty equal parts:
// what else the machine does only ever adds.
// `storm getppid|read|write|open|exec|switch|disk ROUNDS`. To exec is to start this program without words and to wait for its end; to switch is to hand a
// byte to another process and to get it back; disk reads past the cache. These three stay on the last CPU.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// This process, and those it starts.
static void stay_on_last_cpu(void)
{
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(sysconf(_SC_NPROCESSORS_ONLN) - 1, &cpus);
    if (sched_setaffinity(0, sizeof cpus, &cpus)) fail("sched_setaffinity");
}

// A process that answers each byte, until the pipe is closed.
static void answer(int to[2], int from[2])
{
    char byte;
    if (pipe(to) || pipe(from)) fail("pipe");
    if (fork()) return;
    close(to[1]);
    while (read(to[0], &byte, 1) == 1 && write(from[1], &byte, 1) == 1) continue;
    _exit(0);
}

static void start(const char *program)
{
    char *words[] = {(char *)program, 0}, *none[] = {0};
    pid_t child;
    if (posix_spawn(&child, program, 0, 0, words, none)) fail(program);
    waitpid(child, 0, 0);
}

static int direct(void)
{
    char name[] = "storm-XXXXXX", block[4096] = {1};
    int file = mkstemp(name);
    if (file < 0 || write(file, block, sizeof block) != sizeof block || fsync(file)) fail(name);
    close(file);
    file = open(name, O_RDONLY | O_DIRECT);
    unlink(name);
    if (file < 0) fail(name);
    return file;
}

int main(int argc, char **argv)
{
    if (argc == 1) return 0;
    if (argc < 3) return 2;
    long rounds = atol(argv[2]);
    char byte = 0, what = argv[1][0];
    static char block[4096] __attribute__((aligned(4096)));
    int zero = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY), to[2], from[2], file = what == 'd' ? direct() : -1;
    if (what == 's' || what == 'e' || what == 'd') stay_on_last_cpu();
    if (what == 's') answer(to, from);
    double took[50];
    long part = rounds / 50;
    for (int j = 0; j < 50; j++) {
        double start_time = now();
        for (long i = 0; i < part; i++) {
            if (what == 'g') syscall(SYS_getppid);
            else if (what == 'r') syscall(SYS_read, zero, &byte, 1);
            else if (what == 'w') syscall(SYS_write, null, &byte, 1);
            else if (what == 'o') syscall(SYS_openat, AT_FDCWD, "/nowhere/to/be/found", O_RDONLY);
            else if (what == 'e') start(argv[0]);
            else if (what == 'd') { if (pread(file, block, sizeof block, 0) < 0) fail("pread"); }
            else if (write(to[1], &byte, 1) != 1 || read(from[0], &byte, 1) != 1) fail("pipe");
        }
        took[j] = (now() - start_time) / part;
    }
    qsort(took, 50, sizeof *took, compare);
    printf("%.2f\n", took[4]);
    return 0;
}
