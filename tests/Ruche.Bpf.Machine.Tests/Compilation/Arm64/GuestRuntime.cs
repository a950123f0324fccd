// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Compilation.Arm64;
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Helpers;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>The code of testdata/arm64.c, at the address that it has under emulation.</summary>
internal sealed class GuestRuntime
{
    public const HelperId Mix = RandomProgram.Helper;
    public const HelperId First = (HelperId)5;
    public const HelperId CallTwice = (HelperId)1000;

    public const ulong Address = 0x1000_0000;
    public const ulong ImageAddress = 0x2000_0000;
    public const ulong WorkAddress = 0x1800_0000;
    public const int WorkBytes = 0x4000;

    private static readonly Lazy<GuestRuntime> Compilation = new(Compile);

    private GuestRuntime(ElfFile file)
    {
        var text = file.Sections.Single(s => s.Name == ".text");
        // Nobody links it.
        Assert.DoesNotContain(file.Sections, s => s.Name == ".rela.text");
        Text = file.Image.Slice(checked((int)text.Offset), checked((int)text.Size)).ToArray();
        Entry = At("_start");
        Entries = new(At("call_helper"), At("find"));

        ulong At(string symbol) => Address + file.Symbols.Single(s => s.Name == symbol).Value;
    }

    /// <summary>The helpers that both sides have.</summary>
    public static HelperTable Helpers { get; } = RandomProgram.Options.Helpers
        .With(First, static (in HelperCall call) => call.First)
        .With(CallTwice, static (in HelperCall call) => call.Invoke(call.First, call.Second, 10) + call.Invoke(call.First, call.Second, 100))
        .With(HelperId.TailCall, static (in HelperCall call) => EndUnless(call.Third == 0, call))
        .With(PacketLoads.Name, static (in HelperCall call) => call.First + (call.Third << 32) + EndUnless((uint)call.Second < 100, call));

    /// <summary>Compiled once; skips the running test without a compiler.</summary>
    public static GuestRuntime Instance => Compilation.Value;

    public byte[] Text { get; }

    public ulong Entry { get; }

    public RuntimeEntries Entries { get; }

    private static ulong EndUnless(bool goesOn, in HelperCall call)
    {
        if (!goesOn) call.Run.EndFunction();
        return call.Second;
    }

    private static GuestRuntime Compile()
    {
        string source = File.ReadAllText(Path.Combine(Compiled.Root, "tests", "Ruche.Bpf.Machine.Tests", "testdata", "arm64.c"));
        string[] arguments =
        [
            "--target=aarch64-linux-gnu", "-g0", "-O1", "-ffreestanding", "-fno-builtin", "-fno-jump-tables", "-fomit-frame-pointer", "-fno-asynchronous-unwind-tables", "-Wall", "-Werror",
            .. Numbers().Select(number => $"-D{number.Name}={number.Value}"),
        ];
        return new(ElfFile.Read(Compiled.Get(string.Join('\n', [source, .. arguments]), () => Clang.Compile(source, arguments))));
    }

    private static IEnumerable<(string Name, long Value)> Numbers() =>
    [
        ("IMAGE_ADDRESS", (long)ImageAddress),
        ("WORK_ADDRESS", (long)WorkAddress),
        ("STACK_BYTES", RunLimits.StackBytes),
        ("FRAME_BYTES", RunLimits.FrameBytes),
        ("MAX_FRAMES", RunLimits.MaxFrames),
        ("MAY_GOTO_LOOPS", RunLimits.MayGotoLoops),
        ("STACK_START", RunState.StackStartOffset),
        ("STACK_LIMITS", RunState.StackLimitsOffset),
        ("LAST_START", RunState.LastStartOffset),
        ("LAST_LIMITS", RunState.LastLimitsOffset),
        ("BUDGET", RunState.BudgetOffset),
        ("SAVED_STACK_POINTER", RunState.SavedStackPointerOffset),
        ("SLOT", RunState.SlotOffset),
        ("DEPTH", RunState.DepthOffset),
        ("LOOPS_LEFT", RunState.LoopsLeftOffset),
        ("FAULT", RunState.FaultOffset),
        ("ARGUMENTS", RunState.ArgumentsOffset),
        ("IS_OVER", RunState.IsOverOffset),
        ("READ_START", RunState.ReadStartOffset),
        ("READ_LIMITS", RunState.ReadLimitsOffset),
        ("SIZE_MASK", FindRequest.SizeMask),
        ("WRITE_MASK", FindRequest.WriteMask),
        ("BAD_ACCESS", (int)FaultKind.BadAccess + 1),
        ("MISALIGNED", (int)FaultKind.Misaligned + 1),
        ("CALLS_TOO_DEEP", (int)FaultKind.CallsTooDeep + 1),
        ("BAD_CALL", (int)FaultKind.BadCall + 1),
        ("HELPER_FAILED", (int)FaultKind.HelperFailed + 1),
        ("PLACE_OF_MIX", Helpers.IndexOf((int)Mix)),
        ("PLACE_OF_FIRST", Helpers.IndexOf((int)First)),
        ("PLACE_OF_CALL_TWICE", Helpers.IndexOf((int)CallTwice)),
        ("PLACE_OF_TAIL_CALL", Helpers.IndexOf((int)HelperId.TailCall)),
        ("PLACE_OF_PACKET_LOAD", Helpers.IndexOf(PacketLoads.Name)),
        ("NUMBER_OF_MIX", (int)Mix),
        ("NUMBER_OF_FIRST", (int)First),
        ("NUMBER_OF_CALL_TWICE", (int)CallTwice),
    ];
}
