// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>What arm64 code does that random programs and the conformance suite seldom or never ask for; run under emulation.</summary>
public sealed class ProgramTests
{
    private const long Budget = 100_000;

    private static readonly MachineOptions Options = new() { Helpers = GuestRuntime.Helpers, Engine = MachineEngine.Interpreter, Budget = Budget };

    private static readonly byte[] Memory = [.. Enumerable.Range(0x80, 16).Select(b => (byte)b)];

    private static readonly (string Code, ulong Value)[] Ending =
    [
        ("r0 = 1\ngotol +1\nr0 = 2\nexit", 1),
        ("r0 = 0\nmay_goto +2\nr0 += 1\nif r0 < 1000 goto -3\nexit", 1000),

        // Functions and their frames.
        ("*(u64 *)(r10 - 8) = 5\nr1 = r10\nr1 += -8\ncall pc+1\nexit\nr0 = *(u64 *)(r1 + 0)\nexit", 5),
        ("r6 = 1\nr7 = 2\nr8 = 3\nr9 = 4\ncall pc+5\nr0 += r6\nr0 += r7\nr0 += r8\nr0 += r9\nexit\nr6 = 10\nr7 = 20\nr8 = 30\nr9 = 40\nr0 = 100\nexit", 110),
        ("*(u64 *)(r10 - 8) = 1\ncall pc+3\nr1 = *(u64 *)(r10 - 8)\nr0 += r1\nexit\n*(u64 *)(r10 - 8) = 2\ncall pc+2\nr0 += 10\nexit\n*(u64 *)(r10 - 8) = 3\nr0 = 100\nexit", 111),

        // Helpers by number, by register, and functions by address: the first and the second that is taken.
        ("r1 = 9\ncall 5\nexit", 9),
        ("r2 = 1\nr3 = 2\nr4 = 4\nr5 = 8\ncall 7\nexit", 1 + (2 * 3) + (4 ^ 8)),
        ("r1 = 9\nr2 = 5\ncallx r2\nexit", 9),
        ("r6 = subprog[+5] ll\nr7 = subprog[+5] ll\ncallx r6\nexit\nr0 = 41\nexit\nr0 = 42\nexit", 41),
        ("r6 = subprog[+5] ll\nr7 = subprog[+5] ll\ncallx r7\nexit\nr0 = 41\nexit\nr0 = 42\nexit", 42),
        ("r1 = 6\nr2 = 7\ncall 7\nr1 = 3\ncall pc+2\nr0 += r1\nexit\nr0 = r1\nr1 = 30\nexit", 33),

        // A helper that calls a function twice, which has a frame of its own and calls a helper itself.
        ("r6 = 5\n*(u64 *)(r10 - 8) = r6\nr1 = subprog[+7] ll\nr2 = 3\ncall 1000\nr0 += r6\nr1 = *(u64 *)(r10 - 8)\nr0 += r1\nexit\n"
            + "r6 = r1\nr7 = r2\n*(u64 *)(r10 - 8) = 1000\nr1 = r7\ncall 5\nr6 += r0\nr0 = r6\nexit", 3 + 10 + 3 + 100 + 5 + 5),

        // Its frame is below the one of the function that calls the helper.
        ("call pc+1\nexit\n*(u64 *)(r10 - 8) = 5\nr1 = subprog[+4] ll\ncall 1000\nr0 = *(u64 *)(r10 - 8)\nexit\n*(u64 *)(r10 - 8) = 9\nr0 = 0\nexit", 5),

        // Such a function begins with nothing but its arguments.
        ("r0 = 1\nr6 = 1\nr7 = 1\nr8 = 1\nr9 = 1\nr1 = subprog[+4] ll\nr2 = 1\ncall 1000\nexit\nr0 += r6\nr0 += r7\nr0 += r8\nr0 += r9\nexit", 0),

        // Another program takes the place of the rest of the function, or does not.
        ("r2 = 40\nr3 = 1\ncall 12\nr0 = 7\nexit", 40),
        ("r2 = 40\nr3 = 0\ncall 12\nr0 += 2\nexit", 42),
        ("call pc+2\nr0 += 1\nexit\nr2 = 40\nr3 = 1\ncall 12\nr0 = 0\nexit", 41),
        ("call pc+4\nr3 = 0\ncall 12\nr0 = 42\nexit\nr2 = 40\nr3 = 1\ncall 12\nexit", 42),

        // Old loads from a packet, which here say what they are given: the context, the offset, how many bytes.
        ("r6 = 1\nr0 = *(u16 *)skb[5]\nexit", 1 + (2ul << 32) + 5),
        ("r6 = 1\nr2 = 7\nr0 = *(u32 *)skb[r2 + 5]\nexit", 1 + (4ul << 32) + 12),
        ("r6 = 0x100000007 ll\nr0 = *(u8 *)skb[r6 + 5]\nexit", 0x1_0000_0007 + (1ul << 32) + 12),
        ("r6 = 1\nr2 = 7\nr0 = *(u8 *)skb[r2 - 8]\nr0 = 0\nexit", 1 + (1ul << 32) + uint.MaxValue),
        ("call pc+2\nr0 += 1\nexit\nr6 = 1\nr0 = *(u8 *)skb[100]\nr0 = 0\nexit", 1 + (1ul << 32) + 100 + 1),

        // Displacements as long as they get, and beyond what instructions have room for.
        ("r1 += -32765\nr0 = *(u8 *)(r1 + 32767)\nexit", 0x82),
        ("r1 += -4098\nr0 = *(u16 *)(r1 + 4099)\nexit", 0x8281),
        ("r1 += 32768\n*(u64 *)(r1 - 32768) = -2\nr1 += -32768\nr0 = *(u64 *)(r1 + 0)\nexit", ulong.MaxValue - 1),
        ("r1 += 300\nr0 = *(s16 *)(r1 - 298)\nexit", 0xffff_ffff_ffff_8382),
        ("*(u64 *)(r10 - 512) = 77\nr0 = *(u32 *)(r10 - 512)\nexit", 77),
        ("r2 = r10\nr2 += -300\n*(u32 *)(r2 - 1) = -1\nr0 = *(u32 *)(r10 - 301)\nexit", uint.MaxValue),

        // Loads that acquire and stores that release.
        ("r0 = load_acquire((u8 *)(r1 + 3))\nexit", 0x83),
        ("r0 = load_acquire((u16 *)(r1 + 2))\nexit", 0x8382),
        ("r0 = load_acquire((u32 *)(r1 + 4))\nexit", 0x8786_8584),
        ("*(u64 *)(r10 - 8) = 77\nr0 = load_acquire((u64 *)(r10 - 8))\nexit", 77),
        ("r2 = -1\nstore_release((u8 *)(r1 + 1), r2)\nstore_release((u16 *)(r1 + 2), r2)\nr0 = *(u32 *)(r1 + 0)\nexit", 0xffff_ff80),
        ("r2 = -1\nstore_release((u32 *)(r1 + 4), r2)\nr0 = *(u64 *)(r1 + 0)\nexit", 0xffff_ffff_8382_8180),
        ("r2 = -7\nstore_release((u64 *)(r10 - 16), r2)\nr0 = *(u64 *)(r10 - 16)\nexit", ulong.MaxValue - 6),

        // The result goes where the address comes from, and what is exchanged is the address.
        ("r0 = r1\nr2 = 5\nr0 = cmpxchg_64(r0 + 0, r0, r2)\nexit", 0x8786_8584_8382_8180),
        ("r0 = r1\nr2 = 5\nw0 = cmpxchg32_32(r0 + 8, w0, w2)\nexit", 0x8b8a_8988),
        ("r1 = atomic_fetch_add((u64 *)(r1 + 0), r1)\nr0 = r1\nexit", 0x8786_8584_8382_8180),
        ("r2 = r1\nr2 = xchg_64(r2 + 8, r2)\nr0 = r2\nexit", 0x8f8e_8d8c_8b8a_8988),

        // A loop that is longer than a constant of the budget's subtraction.
        ($"r0 = 0\n{string.Concat(Enumerable.Repeat("r0 += 1\n", 5000))}if r0 < 15000 goto -5001\nexit", 15000),
    ];

    private static readonly (string Code, FaultKind Kind, int Slot)[] Failing =
    [
        ("r0 = 0\nr0 += 1\ngoto -2\nexit", FaultKind.BudgetExceeded, 2),
        ($"r0 = 0\n{string.Concat(Enumerable.Repeat("r0 += 1\n", 5000))}goto -5001\nexit", FaultKind.BudgetExceeded, 5001),
        ("r0 = 0\ncall pc-2\nexit", FaultKind.CallsTooDeep, 1),
        ("r0 = 0\nr2 = 6\ncallx r2\nexit", FaultKind.BadCall, 2),
        ("r5 = 13\ncall 7\nexit", FaultKind.HelperFailed, 1),
        ("call pc+1\nexit\nr5 = 13\ncall 7\nexit", FaultKind.HelperFailed, 3),
        ("r1 = subprog[+3] ll\ncall 1000\nexit\nr1 = subprog[-1] ll\ncall 1000\nexit", FaultKind.CallsTooDeep, 6),
        ("r1 = subprog[+3] ll\ncall 1000\nexit\nr0 = *(u64 *)(r2 + 0)\nexit", FaultKind.BadAccess, 4),
        // What functions take that a helper calls is taken from the same budget.
        ("r1 = subprog[+5] ll\ncall 1000\nr6 += 1\nif r6 < 1000 goto -5\nexit\nr0 += 1\nif r0 < 1000 goto -2\nexit", FaultKind.BudgetExceeded, 7),
        ("r0 = *(u64 *)(r1 + 9)\nexit", FaultKind.BadAccess, 0),
        ("r0 = *(u8 *)(r1 + 15)\nr0 = *(u8 *)(r1 - 1)\nexit", FaultKind.BadAccess, 1),
        ("r0 = *(u8 *)(r1 + 32767)\nexit", FaultKind.BadAccess, 0),
        ("call pc+1\nexit\n*(u64 *)(r1 + 16) = 1\nexit", FaultKind.BadAccess, 2),
        ("r0 = load_acquire((u32 *)(r1 + 2))\nexit", FaultKind.Misaligned, 0),
        ("r0 = load_acquire((u32 *)(r10 - 6))\nexit", FaultKind.Misaligned, 0),
        ("r2 = 1\nstore_release((u16 *)(r1 + 1), r2)\nexit", FaultKind.Misaligned, 1),
        ("r2 = 1\nlock *(u64 *)(r1 + 4) += r2\nexit", FaultKind.Misaligned, 1),
        ("r2 = 1\nlock *(u64 *)(r1 + 12) += r2\nexit", FaultKind.BadAccess, 1),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_ends_by_itself_has_its_value(bool isTrusted)
    {
        var results = Guest.Run([.. Ending.Select(test => Guest.Compile(Load(test.Code), isTrusted, Memory))]);

        Assert.All(Ending.Zip(results), pair =>
        {
            var (test, result) = pair;
            Assert.Equal((test.Code, test.Value, null, false), (test.Code, result.Value, result.Fault, result.IsDamaged));
        });
    }

    [Fact]
    public void The_interpreter_says_the_same()
    {
        Assert.All(Ending, test => Assert.Equal((test.Code, test.Value), (test.Code, Load(test.Code).Run([.. Memory]).ReturnValue)));
        Assert.All(Failing, test =>
        {
            var fault = Load(test.Code).Run([.. Memory]).Fault;
            Assert.Equal((test.Code, test.Kind, test.Slot), (test.Code, fault?.Kind, fault?.Slot));
        });
    }

    [Fact]
    public void What_fails_says_why_and_where()
    {
        var results = Guest.Run([.. Failing.Select(test => Guest.Compile(Load(test.Code), isTrusted: false, Memory))]);

        Assert.All(Failing.Zip(results), pair =>
        {
            var (test, result) = pair;
            Assert.Equal((test.Code, test.Kind, test.Slot, false), (test.Code, result.Fault, result.Slot, result.IsDamaged));
        });
    }

    [Theory]
    [InlineData("r0 = *(u64 *)(r1 + 9)\nexit", 9)]
    [InlineData("r0 = *(u8 *)(r1 - 1)\nexit", -1)]
    [InlineData("r0 = *(u8 *)(r1 + 32767)\nexit", 32767)]
    [InlineData("r2 = 1\nlock *(u64 *)(r1 + 4) += r2\nexit", 4)]
    public void A_fault_has_its_address(string code, long offset)
    {
        var result = Assert.Single(Guest.Run([Guest.Compile(Load(code), isTrusted: false, Memory)]));

        Assert.Equal((ulong)offset, result.Offset);
    }

    [Fact]
    public void A_frame_is_clear_when_its_function_begins()
    {
        string[] programs =
        [
            .. Enumerable.Range(1, 64).Select(word => $"r0 = *(u64 *)(r10 - {8 * word})\nexit"),
            .. Enumerable.Range(1, 64).Select(word => $"call pc+2\ncall pc+1\nexit\nr0 = *(u64 *)(r10 - {8 * word})\n*(u64 *)(r10 - {8 * word}) = 9\nexit"),
        ];

        var results = Guest.Run([.. programs.Select(code => Guest.Compile(Load(code), isTrusted: false, []))]);

        Assert.All(results, result => Assert.Equal((0ul, null), (result.Value, result.Fault)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_with_may_goto_ends_by_itself(bool isTrusted)
    {
        var program = Load("r0 = 0\nmay_goto +2\nr0 += 1\ngoto -3\nexit");

        var result = Assert.Single(Guest.Run([Guest.Compile(program, isTrusted, []) with { Budget = 30_000_000 }]));

        Assert.Equal((8ul << 20, null), (result.Value, result.Fault));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Memory_is_searched_for_once(int length)
    {
        const string Code = "r0 = *(u32 *)(r1 + 0)\n*(u16 *)(r1 + 2) = 7\nr2 = r10\nr2 += -8\n*(u64 *)(r2 + 0) = r0\nr0 = *(u8 *)(r1 + 2)\nr3 = *(u64 *)(r2 + 0)\nr0 += r3\nexit";

        var result = Assert.Single(Guest.Run([Guest.Compile(Load(Code), isTrusted: false, Memory.AsSpan(0, length))]));

        Assert.Equal((BinaryPrimitives.ReadUInt32LittleEndian(Memory) + 7ul, null, false, 1), (result.Value, result.Fault, result.IsDamaged, result.Searches));
    }

    [Fact]
    public void Memory_that_may_only_be_read_is_searched_for_once()
    {
        const string Code = "r0 = *(u32 *)(r1 + 0)\nr2 = *(u8 *)(r1 + 15)\nr0 += r2\nr2 = *(u64 *)(r1 + 8)\nr0 += r2\nexit";

        var result = Assert.Single(Guest.Run([Guest.Compile(Load(Code), isTrusted: false, Memory) with { IsReadOnly = true }]));

        Assert.Equal((0x8382_8180ul + 0x8f + 0x8f8e_8d8c_8b8a_8988, null, 1), (result.Value, result.Fault, result.Searches));
    }

    [Fact]
    public void Memory_that_may_only_be_read_is_not_written()
    {
        const string Code = "r0 = *(u32 *)(r1 + 0)\n*(u8 *)(r1 + 0) = 1\nexit";

        var result = Assert.Single(Guest.Run([Guest.Compile(Load(Code), isTrusted: false, Memory) with { IsReadOnly = true }]));

        Assert.Equal((FaultKind.BadAccess, 1, 0ul), (result.Fault, result.Slot, result.Offset));
        Assert.Equal(Memory, result.Memory);
    }

    [Fact]
    public void A_program_may_be_larger_than_a_conditional_jump_goes()
    {
        const int Accesses = 32_000;
        // From the first jump to its target, and from each access to the code for what is elsewhere, it is more than a megabyte.
        string code = $"r2 = 1\nif r1 == 0 goto +{Accesses}\n{string.Concat(Enumerable.Repeat("lock *(u64 *)(r1 + 8) += r2\n", Accesses))}"
            + "r0 = *(u64 *)(r1 + 8)\nif r0 < 0 goto +1\ncall pc+1\nexit\nr3 = *(u64 *)(r0 + 0)\nexit";
        byte[] memory = new byte[16];

        var guest = Guest.Compile(Load(code), isTrusted: false, memory);
        var result = Assert.Single(Guest.Run([guest]));

        Assert.InRange(guest.Code.Length, 1 << 20, int.MaxValue);
        Assert.Equal((FaultKind.BadAccess, Accesses + 6), (result.Fault, result.Slot));
        Assert.Equal(Accesses, BinaryPrimitives.ReadInt32LittleEndian(result.Memory.AsSpan(8)));
        Assert.False(result.IsDamaged);
    }

    private static MachineProgram Load(string code) => MachineProgram.Load([.. Assembler.Assemble(code)], Options);
}
