// SPDX-License-Identifier: MIT
// What stacks are unwound of: compiled without frame pointers. For each line of its input, main calls down to leaf, through the C library.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define VISIBLE __attribute__((noinline, noclone))

static volatile long made;

VISIBLE int leaf(int n)
{
    for (long i = 0; i < n; i++) made += i;
    return getppid() != 0;
}

VISIBLE int fourth(int n) { return leaf(n) + (made & 1); }

VISIBLE int compare(const void *left, const void *right) { return fourth(*(const int *)left) + *(const int *)right; }

VISIBLE int third(int *numbers, int count)
{
    qsort(numbers, count, sizeof *numbers, compare);
    return numbers[0] + made;
}

VISIBLE int second(int n)
{
    int numbers[2] = { n, n };
    return third(numbers, 2) + numbers[1];
}

VISIBLE int first(int n) { return second(n) * 3; }

int main(void)
{
    int n;
    puts("ready");
    fflush(stdout);
    while (scanf("%d", &n) == 1)
    {
        printf("%d\n", first(n));
        fflush(stdout);
    }
    return 0;
}
