// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Rules;

/// <summary>The rules, by what they are about.</summary>
public static class VerifierRules
{
    /// <summary>Registers are written before they are read.</summary>
    public static Rule Uninitialized { get; } = new(
        "RU4001", "a register must be written on every path before it is read",
        "give the variable a value before the branch, or on each side of it");

    /// <summary>No code is out of reach, and none falls off its end.</summary>
    public static Rule Structure { get; } = new(
        "RU4002", "every instruction must be well formed and reachable, and every path must end in exit",
        "compile the program again; hand-made code must return on every path and have no dead instructions");

    /// <summary>Loops end.</summary>
    public static Rule EndlessLoop { get; } = new(
        "RU4003", "a loop must change something in every round, so that it can be seen to end",
        "count a variable towards a constant limit, or use bpf_for(), bpf_loop() or may_goto (cond_break)");

    /// <summary>The work of proving has a limit.</summary>
    public static Rule TooComplex { get; } = new(
        "RU4004", "the kernel gives up on a program after one million instructions of proof",
        "use bpf_for() or bpf_loop() instead of an unrolled or data-dependent loop, or move a part into a global function (not static), which is proven once");

    /// <summary>Pointers are calculated with in few ways.</summary>
    public static Rule PointerArithmetic { get; } = new(
        "RU4005", "only adding to and subtracting from pointers is allowed, with a bounded number, and not for every kind of pointer",
        "bound the offset first (if (offset > MAX) return …), and keep it below 512 MB");

    /// <summary>Pointers that may be null are tested.</summary>
    public static Rule NullCheck { get; } = new(
        "RU4006", "a pointer that may be null must be compared with null before it is used",
        "add `if (!pointer) return …;` right after the call that returned it");

    /// <summary>Accesses to memory stay within it.</summary>
    public static Rule MemoryBounds { get; } = new(
        "RU4007", "an access must lie within the memory for every value its offset can have",
        "compare the index with the size before the access, in the same variable that is used as the index");

    /// <summary>Accesses to a packet are compared with its end.</summary>
    public static Rule PacketBounds { get; } = new(
        "RU4008", "bytes of a packet may be accessed only behind a comparison of their end with data_end",
        "write `if (pointer + size > data_end) return …;` with the very pointer that is dereferenced, after the last call that may change the packet");

    /// <summary>Accesses to the stack stay in its 512 bytes.</summary>
    public static Rule StackBounds { get; } = new(
        "RU4009", "an access to the stack must lie within the 512 bytes below the frame pointer, at a place that is known when it writes",
        "use a constant index, or put large or indexed buffers into a per-CPU array map");

    /// <summary>Stack memory is written before it is read.</summary>
    public static Rule StackUninitialized { get; } = new(
        "RU4010", "stack memory must be written before it is read or given to a helper",
        "initialize the variable, for instance with `= {}`; padding inside structs counts: use __builtin_memset");

    /// <summary>Contexts are read field by field.</summary>
    public static Rule ContextAccess { get; } = new(
        "RU4011", "only the fields of the context may be accessed, each with its own size, and few can be written",
        "read the field itself, not a part of it, and check which fields this program type has");

    /// <summary>Memory that may only be read is not written.</summary>
    public static Rule ReadOnlyMemory { get; } = new(
        "RU4012", "memory that may only be read must not be written",
        "copy the value to the stack and change the copy");

    /// <summary>Only pointers are dereferenced.</summary>
    public static Rule NotAPointer { get; } = new(
        "RU4013", "only a pointer that the verifier knows may be dereferenced",
        "read through bpf_probe_read_kernel() or bpf_probe_read_user(), or keep the pointer in a variable of its own: arithmetic and partial copies turn it into a number");

    /// <summary>Accesses are aligned.</summary>
    public static Rule Alignment { get; } = new(
        "RU4014", "accesses must be aligned to their size here",
        "align the field, or read it byte by byte");

    /// <summary>Helpers exist for the program.</summary>
    public static Rule HelperAvailable { get; } = new(
        "RU4015", "a program may call only the helpers and kernel functions that its type, its licence and its kernel allow",
        "use another helper, another program type, or declare a GPL-compatible licence: char LICENSE[] SEC(\"license\") = \"GPL\";");

    /// <summary>Arguments of calls are what the callee wants.</summary>
    public static Rule Argument { get; } = new(
        "RU4016", "every argument of a call must be of the kind the function wants",
        "look at the function's signature and pass what it names");

    /// <summary>Sizes given to helpers fit the memory.</summary>
    public static Rule SizeArgument { get; } = new(
        "RU4017", "the size given to a helper must be bounded and fit the memory given with it",
        "bound the size with an unsigned comparison just before the call: `if (size > sizeof(buffer)) return …;`, or use `size &= MASK`");

    /// <summary>What is taken is given back.</summary>
    public static Rule ReferenceLeak { get; } = new(
        "RU4018", "what a program acquires it must release on every path",
        "release it before every return, error paths included");

    /// <summary>What is given back is given back once.</summary>
    public static Rule ReferenceMisuse { get; } = new(
        "RU4019", "only a reference that is held can be released, and its pointers are gone afterwards",
        "release exactly the pointer that was acquired, without an offset, and do not use it again");

    /// <summary>Locks are short and balanced.</summary>
    public static Rule Locks { get; } = new(
        "RU4020", "a lock is taken once, held without calls in between, and released before the program ends",
        "keep the locked part to plain loads and stores, and unlock on every path");

    /// <summary>Sections are balanced.</summary>
    public static Rule Sections { get; } = new(
        "RU4021", "RCU, preemption and interrupt sections must be closed in the function that opened them, and nothing in them may sleep",
        "close the section on every path, before sleeping calls");

    /// <summary>The value a program returns means something.</summary>
    public static Rule ReturnValue { get; } = new(
        "RU4022", "a program must return one of the values that its hook understands",
        "return a constant of the allowed range on every path");

    /// <summary>Calls fit the stack.</summary>
    public static Rule CallDepth { get; } = new(
        "RU4023", "calls may nest eight deep and use 512 bytes of stack together, and no function may call itself",
        "use fewer or smaller local buffers, or move them to a per-CPU array map");

    /// <summary>Constants and shifts make sense.</summary>
    public static Rule BadOperation { get; } = new(
        "RU4024", "divisions by the constant zero and shifts by more bits than there are have no meaning",
        "guard the divisor, and mask the shift count");

    /// <summary>Kernel objects are accessed as their types say.</summary>
    public static Rule KernelObject { get; } = new(
        "RU4025", "an object of the kernel may be read only within its fields, and written only where the kernel allows it",
        "access a field by name, and use BPF_CORE_READ() for pointers the verifier does not trust");

    /// <summary>Pointers to kernel objects are trusted when given away.</summary>
    public static Rule Trust { get; } = new(
        "RU4026", "a kernel function takes only pointers to objects that are known to be alive",
        "take a reference first (for instance bpf_task_acquire), or stay within bpf_rcu_read_lock()");

    /// <summary>Special fields are touched by their helpers only.</summary>
    public static Rule SpecialFieldAccess { get; } = new(
        "RU4027", "locks, timers, kptrs and the like in a value are touched only through their helpers",
        "do not copy the whole struct; access the other fields one by one");

    /// <summary>What is attached to exists.</summary>
    public static Rule AttachTarget { get; } = new(
        "RU4028", "what the program is attached to must exist in the kernel, and be open to programs of its type",
        "check the function's name in the kernel's BTF, and the kernel's version");

    /// <summary>The kernel must know the program's features.</summary>
    public static Rule Feature { get; } = new(
        "RU4029", "a program may use only what its kernel knows",
        "compile for an older instruction set (-mcpu=v2 or v3), or require a newer kernel");

    /// <summary>Pointers do not leak.</summary>
    public static Rule PointerLeak { get; } = new(
        "RU4030", "a program without privileges must not let addresses of the kernel out",
        "load the program with CAP_BPF and CAP_PERFMON, or do not store pointers where others can read them");

    /// <summary>Atomic operations are aligned and on memory that allows them.</summary>
    public static Rule Atomics { get; } = new(
        "RU4031", "atomic operations work on four or eight aligned bytes of map values, the stack or allocated objects",
        "use a field of 32 or 64 bits, and not one of the packet or the context");

    /// <summary>Iterators and dynptrs are used in order.</summary>
    public static Rule DynamicObject { get; } = new(
        "RU4032", "a dynptr or iterator on the stack must be initialized once, used through its helpers only, and destroyed",
        "call the constructor before use and the destructor on every path, and do not overwrite the variable");

    /// <summary>Functions are called as declared.</summary>
    public static Rule FunctionSignature { get; } = new(
        "RU4033", "a global function is proven on its own, from its signature: arguments must be numbers, the context, or pointers to memory of a known size",
        "make the function static, or take `struct type *` with a __arg_nonnull tag or a null test inside");

    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Uninitialized, Structure, EndlessLoop, TooComplex, PointerArithmetic, NullCheck, MemoryBounds, PacketBounds, StackBounds, StackUninitialized,
        ContextAccess, ReadOnlyMemory, NotAPointer, Alignment, HelperAvailable, Argument, SizeArgument, ReferenceLeak, ReferenceMisuse, Locks, Sections,
        ReturnValue, CallDepth, BadOperation, KernelObject, Trust, SpecialFieldAccess, AttachTarget, Feature, PointerLeak, Atomics, DynamicObject,
        FunctionSignature,
    ];
}
