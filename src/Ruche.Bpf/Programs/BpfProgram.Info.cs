// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Programs;

public sealed partial class BpfProgram
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The program's id.</summary>
    public uint Id
    {
        get
        {
            KernelProgInfo info = default;
            KernelObject.Describe(Fd, ref info, InfoOperation);
            return info.Id;
        }
    }

    private string InfoOperation => $"read info of program '{Name}'";

    /// <summary>Asks the kernel about the program.</summary>
    public unsafe ProgramInfo GetInfo()
    {
        KernelProgInfo sizes = default;
        KernelObject.Describe(Fd, ref sizes, InfoOperation);

        uint[] maps = new uint[sizes.NrMapIds];
        KernelProgInfo info = default;
        // SAFETY: the array is pinned during the call and the kernel is told its length.
        fixed (uint* ids = maps)
        {
            info.NrMapIds = (uint)maps.Length;
            info.MapIds = (ulong)ids;
            KernelObject.Describe(Fd, ref info, InfoOperation);
        }

        return Translate(info, maps);
    }

    /// <summary>Reads the code as the verifier left it. Empty when the process may not see it (CAP_BPF, kernel.kptr_restrict).</summary>
    public unsafe ImmutableArray<Instruction> ReadTranslated()
    {
        KernelProgInfo info = default;
        KernelObject.Describe(Fd, ref info, InfoOperation);
        Instruction[] code = new Instruction[info.XlatedProgLen / Instruction.Size];
        uint length = info.XlatedProgLen;
        info = default;
        // SAFETY: the array is pinned during the call and the kernel is told its size in bytes.
        fixed (Instruction* target = code)
        {
            info.XlatedProgLen = length;
            info.XlatedProgInsns = (ulong)target;
            KernelObject.Describe(Fd, ref info, InfoOperation);
        }

        return info.XlatedProgInsns == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(code);
    }

    /// <summary>Reads the machine code. Empty when interpreted, or when the process may not see it.</summary>
    public unsafe byte[] ReadJited()
    {
        KernelProgInfo info = default;
        KernelObject.Describe(Fd, ref info, InfoOperation);
        byte[] code = new byte[info.JitedProgLen];
        info = default;
        // SAFETY: the array is pinned during the call and the kernel is told its size.
        fixed (byte* target = code)
        {
            info.JitedProgLen = (uint)code.Length;
            info.JitedProgInsns = (ulong)target;
            KernelObject.Describe(Fd, ref info, InfoOperation);
        }

        return info.JitedProgInsns == 0 ? [] : code;
    }

    private static ProgramInfo Translate(in KernelProgInfo info, uint[] maps) => new()
    {
        Id = info.Id,
        Name = info.Name.ToString(),
        Type = (ProgramType)info.Type,
        Tag = BinaryPrimitives.ReverseEndianness(info.Tag).ToString("x16", CultureInfo.InvariantCulture),
        LoadedAfterBoot = TimeSpan.FromTicks((long)info.LoadTime / NanosecondsPerTick),
        CreatedByUid = info.CreatedByUid,
        MapIds = [.. maps.AsSpan(0, Math.Min(maps.Length, (int)info.NrMapIds))],
        BtfId = info.BtfId,
        IsGplCompatible = (info.GplCompatible & 1) != 0,
        TranslatedSize = (int)info.XlatedProgLen,
        JitedSize = (int)info.JitedProgLen,
        VerifiedInstructions = info.VerifiedInsns,
        RunNanoseconds = info.RunTimeNs,
        RunCount = info.RunCnt,
        RecursionMisses = info.RecursionMisses,
        InterfaceIndex = (int)info.Ifindex,
        AttachBtfId = info.AttachBtfObjId,
        AttachTypeId = info.AttachBtfId,
    };
}
