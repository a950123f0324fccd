// SPDX-License-Identifier: MIT
// Makes clang use as much of the instruction set as it will: arithmetic of both widths, signed and unsigned comparisons,
// loads and stores of every width, byte swaps, atomics, wide immediates, helper and local calls, packet loads, switches.
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;

#define SEC(name) __attribute__((section(name), used))
#define NOINLINE __attribute__((noinline))

struct cell {
    u64 wide;
    u32 word;
    u16 half;
    u8 byte;
    s8 sbyte;
    s16 shalf;
    s32 sword;
};

struct {
    int (*type)[1];
    u32 *key;
    struct cell *value;
    int (*max_entries)[16];
} table SEC(".maps");

static void *(*lookup)(void *map, const void *key) = (void *)1;
static u64 (*now)(void) = (void *)5;
static long (*loop)(u32 count, void *callback, void *context, u64 flags) = (void *)181;

u64 counter;
const volatile u32 limit = 100;

u64 load_byte(void *skb, u64 offset) asm("llvm.bpf.load.byte");
u64 load_half(void *skb, u64 offset) asm("llvm.bpf.load.half");
u64 load_word(void *skb, u64 offset) asm("llvm.bpf.load.word");

static NOINLINE u64 mix(u64 a, u64 b)
{
    a ^= b << 13;
    b += a >> 7;
    a *= 0x9e3779b97f4a7c15ull;
    return a - b;
}

static NOINLINE s64 compare(s64 a, s64 b, u64 c, u64 d)
{
    s64 result = 0;
    if (a < b) result += 1;
    if (a <= 17) result += mix(a, 2);
    if (a > -5) result |= 4;
    if (c < d) result ^= mix(b, 8);
    if (c >= 1000) result -= 16;
    if (c & 0x40) result += mix(c, 32);
    if (a != b) result = -result;
    if (c == d) result = (u64)result / 7;
    return result;
}

static NOINLINE u32 narrow(u32 a, u32 b, s32 c)
{
    u32 result = a + b;
    if (a > b) result -= 3;
    if (c < 0) result *= 5;
    if (c >= (s32)a) result |= b;
    if (b) result %= b;
    result = (result << 3) | (result >> 29);
    return result / 10 + (u32)(c >> 4);
}

static NOINLINE u64 classify(u32 kind)
{
    switch (kind) {
    case 0: return 11;
    case 1: return now();
    case 2: return 33 ^ now();
    case 3: return now() * 44;
    case 4: return now() + 55;
    case 5: return now() % 66;
    default: return -1;
    }
}

static long step(u32 index, u64 *sum)
{
    *sum += index;
    return 0;
}

SEC("socket") int memory(struct cell *context)
{
    u32 key = 0;
    struct cell local = {};
    struct cell *found = lookup(&table, &key);
    if (!found) return 0;
    local.wide = found->wide;
    local.word = found->word + 1;
    local.half = found->half;
    local.byte = found->byte;
    found->sbyte = (s8)(found->sbyte + 1);
    found->shalf = (s16)(found->shalf * 3);
    found->sword = found->sword >> 2;
    found->wide = __builtin_bswap64(local.wide) ^ __builtin_bswap32(local.word) ^ __builtin_bswap16(local.half);
    found->byte = local.byte ^ 0x5a;
    __sync_fetch_and_add(&found->wide, 5);
    __sync_fetch_and_add(&found->word, 7);
#ifdef FETCHING_ATOMICS
    found->wide ^= __sync_fetch_and_or(&found->wide, key + 6);
    found->word ^= __sync_fetch_and_and(&found->word, key + 6);
    found->wide += __sync_fetch_and_xor(&counter, 9);
    found->word += __sync_lock_test_and_set(&found->word, 9);
    found->wide += __sync_val_compare_and_swap(&counter, 1, 2);
#endif
    counter += found->sbyte + found->shalf + found->sword;
    return narrow(found->word, limit, found->sword);
}

SEC("socket/packet") int packet(void *skb)
{
    u64 protocol = load_half(skb, 12);
    u64 length = (load_byte(skb, 14) & 15) * 4;
    return (int)(protocol == 0x800 ? load_word(skb, 14 + length) : length);
}

SEC("xdp") int entry(struct cell *context)
{
    u64 sum = compare(context->wide, context->word, context->half, context->byte);
    sum += classify(context->word);
    loop(10, step, &sum, 0);
    return (int)mix(sum, now());
}

char _license[] SEC("license") = "GPL";
