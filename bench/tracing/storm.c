// SPDX-License-Identifier: MIT
// Calls a system call again and again, and prints how many nanoseconds one took: `storm getppid|read|write ROUNDS`.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    long rounds = atol(argv[2]);
    char byte = 0;
    int zero = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY);
    double start = now();
    for (long i = 0; i < rounds; i++) {
        if (argv[1][0] == 'g') syscall(SYS_getppid);
        else if (argv[1][0] == 'r') syscall(SYS_read, zero, &byte, 1);
        else syscall(SYS_write, null, &byte, 1);
    }
    printf("%.2f\n", (now() - start) / rounds);
    return 0;
}
