// SPDX-License-Identifier: MIT
// What compiled arm64 programs find around them when the tests run them under emulation: the two ways into the runtime, a few helpers, and a
// loop that runs one case after the other. There is no C library and no linker: nothing here may be outside of this file's text.
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;

enum { MARGIN = 1024, UNTOUCHED = 0xa5, LEFTOVER = 0xcc, WRITE = 64, EXIT = 93 };

struct test_case {
    u64 entry, callback, memory, length, stack_in_use, budget, is_direct, is_read_only;
    // What the run comes to.
    u64 value, fault, slot, address, is_damaged, searches;
};

struct image {
    u64 count, output_length, synchronize, code_start, code_end;
    struct test_case cases[];
};

struct work {
    u8 state[256];
    struct test_case *current;
    u8 below[MARGIN];
    u8 stack[STACK_BYTES];
    u8 above[MARGIN];
};

#define IMAGE ((struct image *)IMAGE_ADDRESS)
#define WORK ((struct work *)WORK_ADDRESS)
#define WORD(offset) (*(volatile u32 *)(WORK->state + (offset)))
#define LONG(offset) (*(volatile u64 *)(WORK->state + (offset)))

static u64 run(u64 entry, u64 first, u64 second, u64 third, u64 fourth);
static void run_case(struct test_case *test);

static long system_call(u64 number, u64 first, u64 second, u64 third)
{
    register u64 x8 asm("x8") = number;
    register u64 x0 asm("x0") = first;
    register u64 x1 asm("x1") = second;
    register u64 x2 asm("x2") = third;
    asm volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
}

void _start(void)
{
    ((void (*)(u64, u64))IMAGE->synchronize)(IMAGE->code_start, IMAGE->code_end);
    for (u64 i = 0; i < IMAGE->count; i++) run_case(&IMAGE->cases[i]);
    for (u64 done = 0; done < IMAGE->output_length;) {
        long written = system_call(WRITE, 1, IMAGE_ADDRESS + done, IMAGE->output_length - done);
        if (written <= 0) system_call(EXIT, 1, 0, 0);
        done += written;
    }
    system_call(EXIT, 0, 0, 0);
    __builtin_unreachable();
}

static void fill(u8 *start, u64 length, u8 value)
{
    for (u64 i = 0; i < length; i++) ((volatile u8 *)start)[i] = value;
}

static u64 differs(const u8 *start, u64 length, u8 value)
{
    u64 difference = 0;
    for (u64 i = 0; i < length; i++) difference |= start[i] ^ value;
    return difference;
}

static u64 stack_top(void)
{
    return (u64)WORK->above;
}

static void remember(u64 start_offset, u64 limits_offset, u64 start, u64 length)
{
    LONG(start_offset) = start;
    for (u64 i = 0; i < 4; i++) LONG(limits_offset + 8 * i) = length < 1ul << i ? 0 : length - (1ul << i) + 1;
}

static void run_case(struct test_case *test)
{
    // As a run begins: the frames of functions are clear, what the first one finds in its own is somebody else's.
    fill((u8 *)WORK, sizeof(struct work), 0);
    fill(WORK->below, MARGIN, UNTOUCHED);
    fill(WORK->above, MARGIN, UNTOUCHED);
    fill(WORK->above - FRAME_BYTES, FRAME_BYTES, test->is_direct ? 0 : LEFTOVER);
    WORK->current = test;
    remember(STACK_START, STACK_LIMITS, stack_top() - test->stack_in_use, test->stack_in_use);
    remember(LAST_START, LAST_LIMITS, stack_top() - test->stack_in_use, test->stack_in_use);
    LONG(BUDGET) = test->budget;
    WORD(LOOPS_LEFT) = MAY_GOTO_LOOPS;

    test->value = test->is_direct ? run(test->entry, test->memory, test->length, 0, 0)
                                  : run(test->entry, WORK_ADDRESS, test->memory, test->length, stack_top());
    test->fault = WORD(FAULT);
    test->slot = WORD(SLOT);
    if (test->fault == MISALIGNED) test->address = LONG(ARGUMENTS);
    test->is_damaged |= differs(WORK->below, MARGIN, UNTOUCHED) | differs(WORK->above, MARGIN, UNTOUCHED);
}

#define SET(register) "mov x" #register ", #" #register "\n"
#define COMPARE(register) "sub x10, x" #register ", #" #register "\n orr x9, x9, x10\n"

// A call that notes when registers of the caller come back changed.
static u64 run(u64 entry, u64 first, u64 second, u64 third, u64 fourth)
{
    register u64 x8 asm("x8") = entry;
    register u64 x0 asm("x0") = first;
    register u64 x1 asm("x1") = second;
    register u64 x2 asm("x2") = third;
    register u64 x3 asm("x3") = fourth;
    register u64 damage asm("x9");
    asm volatile(SET(18) SET(19) SET(20) SET(21) SET(22) SET(23) SET(24) SET(25) SET(26)
                 "mov x27, sp\n mov x28, x29\n"
                 "blr x8\n"
                 "mov x9, sp\n sub x9, x9, x27\n sub x10, x29, x28\n orr x9, x9, x10\n"
                 COMPARE(18) COMPARE(19) COMPARE(20) COMPARE(21) COMPARE(22) COMPARE(23) COMPARE(24) COMPARE(25) COMPARE(26)
                 : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x8), "=r"(damage)
                 :
                 : "x4", "x5", "x6", "x7", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "x18", "x19", "x20", "x21", "x22",
                   "x23", "x24", "x25", "x26", "x27", "x28", "x30", "memory", "cc", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7");
    WORK->current->is_damaged |= damage;
    return x0;
}

static int lies_in(u64 address, u64 size, u64 start, u64 length)
{
    u64 offset = address - start;
    return offset < length && size <= length - offset;
}

// Every register that a call may change is changed, in case somebody counts on them.
static void spoil(void)
{
    asm volatile("mov x1, #-1\n mov x2, x1\n mov x3, x1\n mov x4, x1\n mov x5, x1\n mov x6, x1\n mov x7, x1\n mov x8, x1\n mov x9, x1\n"
                 "mov x10, x1\n mov x11, x1\n mov x12, x1\n mov x13, x1\n mov x14, x1\n mov x15, x1\n mov x16, x1\n mov x17, x1\n"
                 "cmp x1, #0\n"
                 :
                 :
                 : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "cc");
}

void find(void *state, u64 address, u32 request)
{
    struct test_case *test = WORK->current;
    u64 size = 1ul << (request & SIZE_MASK);
    int may = lies_in(address, size, test->memory, test->length) && !(test->is_read_only && request & WRITE_MASK);
    WORD(SLOT) = request >> 4;
    test->searches++;
    if (may && test->is_read_only) remember(READ_START, READ_LIMITS, test->memory, test->length);
    else if (may) remember(LAST_START, LAST_LIMITS, test->memory, test->length);
    else if (!lies_in(address, size, LONG(STACK_START), test->stack_in_use)) {
        WORD(FAULT) = BAD_ACCESS;
        test->address = address;
    }
    spoil();
}

// As a helper calls a function of the program: below the frames in use, and a fault in there unwinds to here.
static u64 invoke(u64 function, u64 first, u64 second)
{
    u64 arguments[5] = {first, second, 0, 0, 0}, saved[5], saved_stack = LONG(SAVED_STACK_POINTER), slot = WORD(SLOT), value;
    if (WORD(FAULT) != 0) return 0;
    if (WORD(DEPTH) + 1 == MAX_FRAMES) {
        WORD(FAULT) = CALLS_TOO_DEEP;
        return 0;
    }
    for (int i = 0; i < 5; i++) saved[i] = LONG(ARGUMENTS + 8 * i);
    WORD(DEPTH)++;
    value = run(WORK->current->callback, WORK_ADDRESS, function, (u64)arguments, stack_top() - WORD(DEPTH) * FRAME_BYTES);
    LONG(SAVED_STACK_POINTER) = saved_stack;
    if (WORD(FAULT) != 0) return 0;
    WORD(DEPTH)--;
    WORD(SLOT) = slot;
    for (int i = 0; i < 5; i++) LONG(ARGUMENTS + 8 * i) = saved[i];
    return value;
}

static u64 helper(int place)
{
    u64 first = LONG(ARGUMENTS), second = LONG(ARGUMENTS + 8), third = LONG(ARGUMENTS + 16), fourth = LONG(ARGUMENTS + 24), fifth = LONG(ARGUMENTS + 32);
    if (place == PLACE_OF_MIX) {
        if (fifth % 64 != 13) return second + third * 3 + (fourth ^ fifth);
        WORD(FAULT) = HELPER_FAILED;
        return 0;
    }
    if (place == PLACE_OF_FIRST) return first;
    if (place == PLACE_OF_CALL_TWICE) {
        u64 sum = invoke(first, second, 10);
        return sum + invoke(first, second, 100);
    }
    if (place == PLACE_OF_TAIL_CALL) {
        if (third != 0) WORD(IS_OVER) = 1;
        return second;
    }
    if (place == PLACE_OF_PACKET_LOAD) {
        if ((u32)second >= 100) WORD(IS_OVER) = 1;
        return first + (third << 32) + second;
    }
    WORD(FAULT) = BAD_CALL;
    return 0;
}

u64 call_helper(void *state, int place, u64 number)
{
    if (place < 0) place = number == NUMBER_OF_MIX ? PLACE_OF_MIX : number == NUMBER_OF_FIRST ? PLACE_OF_FIRST : number == NUMBER_OF_CALL_TWICE ? PLACE_OF_CALL_TWICE : -1;
    u64 value = helper(place);
    spoil();
    return value;
}
