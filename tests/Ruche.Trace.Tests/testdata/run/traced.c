// SPDX-License-Identifier: MIT
// What the cases of user probes are attached to. Every function is called once by main, in the order below.
#include <stdio.h>

#define VISIBLE __attribute__((noinline, noclone))

struct pair {
    int left;
    long right;
    char name[8];
};

struct label {
    char text[16];
    char longer[44];
};

// What the macros of sys/sdt.h make: a note says where a trace point is, where its semaphore, and three texts.
#define NOTE(name, semaphore, arguments) \
    "661: nop\n .pushsection .note.stapsdt,\"\",\"note\"\n .balign 4\n .4byte 663f-662f, 665f-664f, 3\n" \
    "662: .asciz \"stapsdt\"\n663: .balign 4\n664: .8byte 661b, _.stapsdt.base, " semaphore "\n" \
    ".asciz \"hive\"\n .asciz \"" name "\"\n .asciz \"" arguments "\"\n665: .balign 4\n .popsection\n"
__asm__(".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n .weak _.stapsdt.base\n .hidden _.stapsdt.base\n"
        "_.stapsdt.base: .space 1\n .size _.stapsdt.base, 1\n .popsection\n");
__attribute__((section(".probes"), used, visibility("hidden"))) unsigned short watched;

VISIBLE int visit(int number, unsigned char *cells, long index)
{
    __asm__ volatile(NOTE("visit", "0", "-4@%0 1@%1 8@$7 1@1(%2,%3,2) 8f@%%xmm0") ::"r"(-number), "m"(cells[1]), "r"(cells), "r"(index));
    if (*(volatile unsigned short *)&watched) __asm__ volatile(NOTE("guarded", "watched", "8@%0") ::"r"((long)number << 40));
    __asm__ volatile(NOTE("visit", "0", "4@$1000 4@$2 4@$0 4@$0") ::);
    return number;
}

VISIBLE long add(int a, long b, unsigned char c) { return a + b + c; }

VISIBLE int say(const char *text) { return text[0]; }

VISIBLE long look(struct pair *pair) { return pair->left + pair->right; }

VISIBLE int list(const char **words) { return words[0][0]; }

VISIBLE int bytes(const unsigned char *address, int count) { return address[count - 1]; }

VISIBLE int inner(int n) { return n - 10; }

VISIBLE int outer(int n) { return inner(n) * 2; }

VISIBLE int label(const struct label *label) { return label->text[0]; }

volatile int honey = 77;

// A name of C++.
VISIBLE int hum(int n) __asm__("_ZN4hive3humEi");
VISIBLE int hum(int n) { return n + honey; }

// More arguments than there are registers for.
VISIBLE long many(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) { return a - b + c - d + e - f + g - h + i - j; }

enum mood { CALM, ANGRY = 7, ASLEEP = -1 };

typedef unsigned short cell_t;

struct comb {
    struct pair first;
    struct pair *next;
    enum mood mood;
    unsigned depth : 3;
    int tilt : 5;
    int grid[2][3];
    const char *label;
};

VISIBLE long widths(signed char a, unsigned char b, short c, unsigned short d, int e, unsigned f) { return a + b + c + d + e + f; }

VISIBLE struct comb *build(struct comb *comb, enum mood mood, _Bool isOpen, cell_t cell, signed char step, unsigned long mask, int seventh, const char *eighth)
{
    return mood != CALM && isOpen && cell && step && mask && seventh && eighth ? comb : 0;
}

VISIBLE double weigh(int count, double each, struct pair pair, long rest) { return count * each + pair.left + rest; }

// What no compiler has told anything of.
__asm__(".text\n .globl bare\n .type bare, %function\nbare: ret\n .size bare, .-bare\n");

VISIBLE int last(void) { return -1; }

int main(void)
{
    // On the stack: constants may lie in a page that nobody has touched, which programs of the kernel cannot read.
    char hello[] = "hello", one[] = "one", two[] = "two", three[] = "three";
    const unsigned char raw[] = {0, 1, 'a', 0xff};
    const char *words[] = {one, two, three, 0};
    struct pair pair = {-5, 1L << 40, "bees"};
    struct label labels[] = {{"bees\0older text", "bees\0older"}, {"bees\0something", "bees\0some"}, {"fifteen letters", "bees"}};
    unsigned char cells[] = {1, 200, 3, 4, 5, 66};
    long all = visit(5, cells, 2) + add(-3, 1L << 40, 200) + say(hello) + look(&pair) + list(words) + bytes(raw, 4) + outer(3) + label(&labels[0]) + label(&labels[1]) + label(&labels[2]) + hum(4) + many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    struct comb comb = {{1, 2, "one"}, &pair, ASLEEP, 5, -3, {{1, 2, 3}, {4, 5, 6}}, hello};
    all += widths(-1, 255, -300, 65535, -70000, 4000000000u) + (build(&comb, ANGRY, 1, 65000, -9, 1UL << 63, -77, three) != 0) + (weigh(2, 0.5, pair, 9) > 0) + last();

    // Names of addresses are looked for while the process is there: it stays until its input ends.
    puts(all ? "called" : "");
    fflush(stdout);
    return getchar() == 0;
}
