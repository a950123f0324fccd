// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Tests.Verdicts;

/// <summary>
/// Small programs that some releases accept and others refuse, since they prove more or less: each profile tells them apart, and the kernel
/// that runs says what its own profile says. R9 is never written, so reading it tells that a proof has come there.
/// </summary>
public sealed class ReleaseTests : KernelTest
{
    /// <summary>What is proven, the first and the last release that does, and the program.</summary>
    public static TheoryData<string, string, string, ProgramType, string> Programs => new()
    {
        { "a number outside of the bounds is another one", "6.4", "", ProgramType.SocketFilter, """
            call 7
            r0 &= 7
            if r0 == 9 goto bad
            r0 = 0
            exit
            bad: r0 = r9
            exit
            """ },
        { "two numbers are compared of which neither is known", "6.8", "", ProgramType.SocketFilter, """
            call 7
            r6 = r0
            r6 &= 7
            call 7
            r0 &= 7
            r0 += 8
            if r6 < r0 goto fine
            r0 = r9
            fine: r0 = 0
            exit
            """ },
        { "a lower half that is copied is tied to the copy", "6.5", "", ProgramType.SocketFilter, """
            call 5
            *(u64 *)(r10 - 8) = r0
            r2 = *(u32 *)(r10 - 8)
            w3 = w2
            r0 = 0
            if w2 < 9 goto less
            exit
            less: if r3 < 9 goto fine
            r0 = r9
            fine: exit
            """ },
        { "a number that a constant was added to is tied to the first", "6.11", "", ProgramType.SocketFilter, """
            call 7
            r0 &= 255
            r1 = r0
            r1 += 4
            if r1 > 14 goto fine
            if r0 s> 10 goto bad
            fine: r0 = 0
            exit
            bad: r0 = r9
            exit
            """ },
        { "a part of a number on the stack is the number that fits it", "6.9", "", ProgramType.SocketFilter, """
            call 7
            r0 &= 255
            *(u64 *)(r10 - 8) = r0
            r1 = *(u32 *)(r10 - 8)
            if r1 > 255 goto bad
            r0 = 0
            exit
            bad: r0 = r9
            exit
            """ },
        { "a number on the stack is known after a helper has read it", "6.13", "", ProgramType.SchedCls, """
            r6 = 3
            *(u64 *)(r10 - 8) = r6
            r1 = 0
            r2 = 0
            r3 = r10
            r3 += -8
            r4 = 8
            r5 = 0
            call 28
            r0 = *(u64 *)(r10 - 8)
            if r0 == 3 goto fine
            r0 = r9
            fine: r0 = 0
            exit
            """ },
        { "stack is read that was never written", "6.8", "", ProgramType.SocketFilter, """
            r0 = *(u64 *)(r10 - 8)
            r0 = 0
            exit
            """ },
        { "a loop closes without a jump", "6.7", "", ProgramType.SocketFilter, """
            r0 = 0
            goto middle
            again: r0 += 1
            middle: if r0 < 4 goto again
            exit
            """ },
        { "only one number fits both bits and bounds", "6.18", "", ProgramType.SocketFilter, """
            call 7
            r0 |= 0xe0
            r0 &= 0xf0
            if r0 == 0xe0 goto fine
            if r0 == 0xf0 goto fine
            r0 = r9
            fine: r0 = 0
            exit
            """ },
        { "a quotient has bounds", "7.0", "", ProgramType.SocketFilter, """
            call 7
            r0 &= 0xff
            r0 /= 16
            if r0 > 15 goto bad
            r0 = 0
            exit
            bad: r0 = r9
            exit
            """ },
        { "a packet pointer that was beyond the end is moved", "", "6.18", ProgramType.SchedCls, """
            r9 = *(u32 *)(r1 + 76)
            r8 = *(u32 *)(r1 + 80)
            r9 += 256
            if r9 >= r8 goto beyond
            r0 = 0
            exit
            beyond: r9 -= 256
            if r9 < r8 goto within
            r0 = 0
            exit
            within: r0 = *(u8 *)(r9 + 0)
            exit
            """ },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_profile_proves_what_its_release_proves(string what, string first, string last, ProgramType type, string text)
    {
        Assert.All(KernelProfile.All, profile => Assert.True(IsAccepted(profile, type, text) == Proves(profile, first, last), $"{what}: {profile.Release}"));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_kernel_proves_what_its_profile_says(string what, string first, string last, ProgramType type, string text)
    {
        Version version = KernelVersion.Current;
        var profile = KernelProfile.All.SingleOrDefault(p => p.Release == new KernelRelease(version.Major, version.Minor));
        Assert.SkipWhen(profile is null, $"there is no profile of Linux {version.Major}.{version.Minor}");

        var said = ProgramProbe.Load(type, Slots(text));

        Assert.True((said is Support.Yes) == Proves(profile, first, last), $"{what}: the kernel says {said}");
    }

    private static bool Proves(KernelProfile profile, string first, string last) =>
        (first.Length == 0 || profile.Release >= Release(first)) && (last.Length == 0 || profile.Release <= Release(last));

    private static KernelRelease Release(string text)
    {
        var version = Version.Parse(text);
        return new(version.Major, version.Minor);
    }

    private static bool IsAccepted(KernelProfile profile, ProgramType type, string text)
    {
        VerifierProgram program = new() { Name = "release", Type = type, License = "GPL", Instructions = [.. Assembler.Assemble(text)] };
        return ProgramVerifier.Verify(program, new() { Kernel = profile }).IsAccepted;
    }

    private static ulong[] Slots(string text) => MemoryMarshal.Cast<byte, ulong>(InstructionCodec.Encode([.. Assembler.Assemble(text)])).ToArray();
}
