// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>The ways between the runtime and compiled code: into a program, into a function that a helper calls back, and out to a helper
/// or to the search for a region.</summary>
internal static unsafe class CompiledRun
{
    /// <summary>In place of a helper's place: its number is in a register.</summary>
    public const int ByNumber = -1;

    public static nint HelperEntry => (nint)(delegate* unmanaged<RunState*, int, ulong, ulong>)&CallHelper;

    public static nint FindEntry => (nint)(delegate* unmanaged<RunState*, ulong, int, void>)&Find;

    /// <summary>Runs a program that wants nothing of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a good part of what an empty program costs
    public static ulong RunDirectly(CompiledCode code, ulong first, ulong second)
    {
        ulong value = code.IsStraight
            ? ((delegate* unmanaged[SuppressGCTransition]<ulong, ulong, ulong>)code.Entry)(first, second)
            : ((delegate* unmanaged<ulong, ulong, ulong>)code.Entry)(first, second);
        GC.KeepAlive(code);
        return value;
    }

    /// <summary>Runs a program with two arguments in the frame that ends at <paramref name="frame"/>.</summary>
    public static ulong Run(CompiledCode code, RunState* state, ulong first, ulong second, ulong frame) =>
        ((delegate* unmanaged<RunState*, ulong, ulong, ulong, ulong>)code.Entry)(state, first, second, frame);

    /// <summary>Runs a function whose address the program has taken, with five arguments.</summary>
    public static ulong Call(CompiledCode code, RunState* state, ulong function, ulong* arguments, ulong frame) =>
        ((delegate* unmanaged<RunState*, ulong, ulong*, ulong, ulong>)code.CallbackEntry)(state, function, arguments, frame);

    private static RunSpace Of(RunState* state) => (RunSpace)GCHandle.FromIntPtr(state->Host).Target!;

    [UnmanagedCallersOnly]
    private static void Find(RunState* state, ulong address, int request)
    {
        var run = Of(state);
        (state->Slot, uint size, var rights) = FindRequest.Read(request);
        if (!run.Memory.TryFind(address, size, rights, out var found)) run.StopAt(address, size, rights);
        else if (found.Rights == MemoryRights.ReadWrite) (state->LastStart, state->LastLimits) = (found.Start, Limits.Of(found.Length));
        else if (found.Rights == MemoryRights.Read) (state->ReadStart, state->ReadLimits) = (found.Start, Limits.Of(found.Length));
    }

    [UnmanagedCallersOnly]
    private static ulong CallHelper(RunState* state, int place, ulong number)
    {
        var run = Of(state);
        return place == ByNumber ? run.CallHelperByNumber(number, (ulong*)&state->Arguments) : run.CallHelper(place, (ulong*)&state->Arguments);
    }
}
