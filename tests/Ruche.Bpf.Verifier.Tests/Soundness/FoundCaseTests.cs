// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>The programs that fuzzing has found, as short as they get: judged as Linux 6.18 judges them.</summary>
public sealed class FoundCaseTests
{
    private static readonly FoundCase[] Cases =
    [
        new("the place of a value in an array of more than one", IsAccepted: false, """
            r9 = many
            r0 = 0
            exit
            """),
        new("a compare and exchange through r0, which it overwrites before it stores", IsAccepted: false, """
            *(u64 *)(r10 - 8) = 0
            r2 = r10
            r2 += -8
            r1 = values
            call 1
            if r0 != 0 goto +2
            r0 = 0
            exit
            r9 = 1
            r0 = cmpxchg_64(r0 + 0, r0, r9)
            r0 = 0
            exit
            """),
        new("a 32-bit remainder, which leaves the upper half unknown", IsAccepted: false, """
            r1 = *(u32 *)(r1 + 12)
            w1 %= 219
            r1 >>= 60
            r6 = r10
            r6 += -16
            r6 += r1
            r2 = *(u64 *)(r6 + 0)
            r0 = 0
            exit
            """),
        new("a 32-bit quotient, which leaves the upper half unknown", IsAccepted: false, """
            r1 = *(u32 *)(r1 + 12)
            w1 /= 3
            r1 >>= 32
            r6 = first
            r6 += r1
            r2 = *(u64 *)(r6 + 0)
            r0 = 0
            exit
            """),
        new("a 32-bit shift by an unknown number, which leaves the upper half unknown", IsAccepted: false, """
            r2 = *(u32 *)(r1 + 12)
            r1 = 1
            w1 <<= w2
            r1 >>= 32
            r6 = first
            r6 += r1
            r2 = *(u64 *)(r6 + 0)
            r0 = 0
            exit
            """),
        new("a constant with its bytes in another order is a constant", IsAccepted: true, """
            r4 = 48
            r4 = be64 r4
            r3 = first
            r4 >>= 56
            r3 += r4
            r0 = *(u64 *)(r3 + 0)
            r0 = 0
            exit
            """),
        new("bits keep their places when bytes are in little endian order already", IsAccepted: true, """
            r4 = *(u32 *)(r1 + 12)
            r4 &= 8
            r4 = le64 r4
            r3 = first
            r3 += r4
            r0 = *(u64 *)(r3 + 0)
            r0 = 0
            exit
            """),
        new("bits are followed when bytes change their order", IsAccepted: true, """
            r4 = *(u32 *)(r1 + 12)
            r4 &= 8
            r4 = bswap64 r4
            r4 >>= 56
            r3 = first
            r3 += r4
            r0 = *(u64 *)(r3 + 0)
            r0 = 0
            exit
            """),
        new("a 16-bit byte order leaves 16 bits", IsAccepted: true, """
            r4 = *(u32 *)(r1 + 12)
            r4 = le16 r4
            r4 >>= 16
            r3 = first
            r3 += r4
            r0 = *(u64 *)(r3 + 0)
            r0 = 0
            exit
            """),
        new("the sign of a part of a pointer, for those who may see pointers", IsAccepted: true, """
            r1 = (s16)r1
            r0 = 0
            exit
            """),
        new("the 32-bit sign of a part of a pointer", IsAccepted: true, """
            r8 = r10
            r9 = (s32)w8
            r0 = 0
            exit
            """),
        new("a write of r10 that no path comes to", IsAccepted: true, """
            r2 = 0
            if r2 == 0 goto +1
            r10 = -r10
            r0 = 0
            exit
            """),
        new("the address of a function that nothing calls", IsAccepted: true, """
            r2 = other
            r0 = 0
            exit
            """),
        new("the address of a function that nothing calls, behind one that is called", IsAccepted: false, """
            r1 = 4
            r2 = another
            r3 = 0
            r4 = 0
            call 181
            r2 = other
            r0 = 0
            exit
            """),
        new("the address of a function that nothing calls, before one that is called", IsAccepted: true, """
            r2 = other
            r1 = 4
            r2 = another
            r3 = 0
            r4 = 0
            call 181
            r0 = 0
            exit
            """),
        new("the address of a function that is called back", IsAccepted: true, """
            r1 = 4
            r2 = other
            r3 = 0
            r4 = 0
            call 181
            r0 = 0
            exit
            """),
        new("a round of a loop leaves a pointer where the first round found nothing", IsAccepted: false, """
            *(u64 *)(r10 - 72) = 0
            may_goto +2
            *(u64 *)(r10 - 24) = r1
            goto -3
            r1 = *(u64 *)(r10 - 24)
            r1 s>>= 1
            r0 = 0
            exit
            """),
        new("a pointer that is added to memory, for those who may see pointers", IsAccepted: true, """
            r2 = first
            lock *(u64 *)(r2 + 0) += r1
            r0 = 0
            exit
            """),
        new("what is known of a number after a comparison with itself that cannot fail", IsAccepted: false, """
            r9 = first
            r3 = *(u8 *)(r9 + 7)
            if r3 s<= 1 goto +0
            if w3 <= w3 goto +1
            r9 += r3
            r0 = 0
            exit
            """),
        new("a number added to a stack pointer that is within the stack, without privileges", IsAccepted: true, """
            r2 = 8
            r3 = r10
            r3 += -16
            r3 += r2
            *(u64 *)(r3 + 0) = 0
            r0 = 0
            exit
            """) { IsUnprivileged = true },
        new("a stack pointer that is moved out of the stack and back, without privileges", IsAccepted: false, """
            r3 = r10
            r3 += -520
            r3 += 8
            *(u64 *)(r3 + 0) = 0
            r0 = 0
            exit
            """) { IsUnprivileged = true },
        new("an index that may be negative or not, without privileges", IsAccepted: false, Indexed("if r1 s< -8 goto +3\nif r1 s> 8 goto +2\nr2 += 16\nr2 += r1")) { IsUnprivileged = true },
        new("an index that was tested, without privileges", IsAccepted: true, Indexed("if r1 > 8 goto +1\nr2 += r1")) { IsUnprivileged = true },
        new("an index that may lie behind the value, never used, without privileges", IsAccepted: false, Indexed("if r1 > 64 goto +1\nr2 += r1")) { IsUnprivileged = true },
        new("two paths to one addition, with pointers at different places, without privileges", IsAccepted: false,
            Indexed("if r1 > 8 goto +3\nif r1 != 4 goto +1\nr2 += 16\nr2 += r1")) { IsUnprivileged = true },
        new("two paths to one addition, with the same known number, without privileges", IsAccepted: true,
            Indexed("if r1 != 4 goto +3\nif r1 != 4 goto +1\nr2 += 0\nr2 += r1")) { IsUnprivileged = true },
        new("facts that contradict each other leave the bits, by which two paths differ, without privileges", IsAccepted: false,
            Indexed("if w1 == 0 goto +3\nif r1 & -1 goto +0\nr1 &= 7\nr2 += r1")) { IsUnprivileged = true },
        new("the way that cannot be gone reads where nothing is: a barrier stops it, without privileges", IsAccepted: true, Indexed("r3 = 1\nif r3 == 1 goto +1\nr1 = *(u64 *)(r3 + 0)")) { IsUnprivileged = true },
        new("a pointer whose sign is changed, without privileges", IsAccepted: false, """
            r1 = -r1
            r0 = 0
            exit
            """) { IsUnprivileged = true },
        new("the context is compared with null, without privileges", IsAccepted: false, """
            if r1 == 0 goto +0
            r0 = 0
            exit
            """) { IsUnprivileged = true },
        new("a counted loop, without privileges", IsAccepted: false, """
            r0 = 3
            r0 -= 1
            if r0 != 0 goto -2
            exit
            """) { IsUnprivileged = true },
        new("a pointer in memory of a value, without privileges", IsAccepted: false, Indexed("*(u64 *)(r2 + 0) = r10")) { IsUnprivileged = true },
        new("a spilled pointer is added to, without privileges", IsAccepted: false, """
            *(u64 *)(r10 - 8) = r1
            r2 = 1
            lock *(u64 *)(r10 - 8) += r2
            r0 = 0
            exit
            """) { IsUnprivileged = true },
        new("a number that is spilled is known no more, without privileges", IsAccepted: false, Indexed("*(u64 *)(r10 - 8) = 4\nr1 = *(u64 *)(r10 - 8)\nr2 += r1")) { IsUnprivileged = true },
        new("a pointer that is kept in parts", IsAccepted: false, """
            *(u32 *)(r10 - 8) = r1
            r0 = 0
            exit
            """),
    ];

    // r2 points to the value of the map, r1 is the first number in it.
    private static string Indexed(string steps) => $"r2 = first\nr1 = *(u64 *)(r2 + 0)\n{steps}\nr0 = 0\nexit";

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_that_was_misjudged_once_is_judged_as_the_kernel_does(string name)
    {
        var found = Cases.Single(c => c.Name == name);
        var spec = found.ToObject();

        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, kernel: null).Read(spec.Programs[0]), new() { Kernel = KernelProfile.Linux618 with { IsPrivileged = !found.IsUnprivileged } });

        Assert.True(verdict.IsAccepted == found.IsAccepted, $"Ruche says: {verdict.Explanation?.Detail ?? "accepted"}");
    }

    /// <summary>That the cases say what the kernel says.</summary>
    public sealed class InKernel : KernelTest
    {
        public static TheoryData<string> Names => FoundCaseTests.Names;

        [Theory]
        [MemberData(nameof(Names))]
        public void The_kernel_judges_the_program_so(string name)
        {
            Assert.SkipUnless(KernelVersion.Current is { Major: 6, Minor: 18 }, "the predicted kernel is Linux 6.18");
            var found = Cases.Single(c => c.Name == name);
            Assert.SkipUnless(found.IsUnprivileged == UnprivilegedLoader.IsThisProcess, found.IsUnprivileged ? UnprivilegedLoader.Needed : "this process has no privileges");

            string? refusal = KernelVerdict.RefusalOf(found.ToObject());

            Assert.True(refusal is null == found.IsAccepted, $"the kernel says: {refusal ?? "accepted"}");
        }
    }
}
