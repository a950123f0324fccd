// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;

/// <summary>Reads a method's code.</summary>
internal static class IlReader
{
    public static List<IlInstruction> Read(BlobReader reader)
    {
        List<IlInstruction> instructions = [];
        while (reader.RemainingBytes > 0) instructions.Add(ReadOne(ref reader));
        return instructions;
    }

    private static IlInstruction ReadOne(ref BlobReader reader)
    {
        int offset = reader.Offset;
        int first = reader.ReadByte();
        var code = (ILOpCode)(first == 0xfe ? 0xfe00 | reader.ReadByte() : first);
        if (code is ILOpCode.Switch) return ReadSwitch(ref reader, offset);
        var (plain, fixedOperand) = Plain(code);
        long operand = fixedOperand ?? OperandOf(code, ref reader);
        if (IsJump(plain)) operand += reader.Offset;
        return new(offset, plain, operand, reader.Offset);
    }

    private static IlInstruction ReadSwitch(ref BlobReader reader, int offset)
    {
        int[] targets = new int[reader.ReadInt32()];
        for (int i = 0; i < targets.Length; i++) targets[i] = reader.ReadInt32();
        int next = reader.Offset;
        return new(offset, ILOpCode.Switch, 0, next) { Targets = [.. targets.Select(t => t + next)] };
    }

    private static bool IsJump(ILOpCode code) => code is ILOpCode.Br or ILOpCode.Leave || code is >= ILOpCode.Brfalse and <= ILOpCode.Blt_un;

    // Short forms, and those that have their operand in the code, become one.
    private static (ILOpCode Code, long? Operand) Plain(ILOpCode code) => code switch
    {
        >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3 => (ILOpCode.Ldarg, code - ILOpCode.Ldarg_0),
        >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3 => (ILOpCode.Ldloc, code - ILOpCode.Ldloc_0),
        >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 => (ILOpCode.Stloc, code - ILOpCode.Stloc_0),
        >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8 => (ILOpCode.Ldc_i4, (int)code - (int)ILOpCode.Ldc_i4_0),
        ILOpCode.Ldarg_s => (ILOpCode.Ldarg, null),
        ILOpCode.Ldarga_s => (ILOpCode.Ldarga, null),
        ILOpCode.Starg_s => (ILOpCode.Starg, null),
        ILOpCode.Ldloc_s => (ILOpCode.Ldloc, null),
        ILOpCode.Ldloca_s => (ILOpCode.Ldloca, null),
        ILOpCode.Stloc_s => (ILOpCode.Stloc, null),
        ILOpCode.Ldc_i4_s => (ILOpCode.Ldc_i4, null),
        ILOpCode.Leave_s => (ILOpCode.Leave, null),
        ILOpCode.Br_s => (ILOpCode.Br, null),
        >= ILOpCode.Brfalse_s and <= ILOpCode.Blt_un_s => (code - ILOpCode.Br_s + ILOpCode.Br, null),
        _ => (code, null),
    };

    private static long OperandOf(ILOpCode code, ref BlobReader reader)
    {
        switch (code)
        {
            case ILOpCode.Ldarg_s or ILOpCode.Ldarga_s or ILOpCode.Starg_s or ILOpCode.Ldloc_s or ILOpCode.Ldloca_s or ILOpCode.Stloc_s or ILOpCode.Unaligned:
                return reader.ReadByte();
            case ILOpCode.Ldc_i4_s or ILOpCode.Leave_s or (>= ILOpCode.Br_s and <= ILOpCode.Blt_un_s):
                return reader.ReadSByte();
            case ILOpCode.Ldarg or ILOpCode.Ldarga or ILOpCode.Starg or ILOpCode.Ldloc or ILOpCode.Ldloca or ILOpCode.Stloc:
                return reader.ReadUInt16();
            case ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8:
                return reader.ReadInt64();
            case ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Leave or (>= ILOpCode.Br and <= ILOpCode.Blt_un):
                return reader.ReadInt32();
            default:
                return HasToken(code) ? reader.ReadInt32() : 0;
        }
    }

    private static bool HasToken(ILOpCode code) => code is ILOpCode.Jmp or ILOpCode.Call or ILOpCode.Calli or ILOpCode.Callvirt or ILOpCode.Cpobj or ILOpCode.Ldobj or ILOpCode.Ldstr
        or ILOpCode.Newobj or ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Unbox or ILOpCode.Ldfld or ILOpCode.Ldflda or ILOpCode.Stfld or ILOpCode.Ldsfld or ILOpCode.Ldsflda
        or ILOpCode.Stsfld or ILOpCode.Stobj or ILOpCode.Box or ILOpCode.Newarr or ILOpCode.Ldelema or ILOpCode.Ldelem or ILOpCode.Stelem or ILOpCode.Unbox_any or ILOpCode.Refanyval
        or ILOpCode.Mkrefany or ILOpCode.Ldtoken or ILOpCode.Ldftn or ILOpCode.Ldvirtftn or ILOpCode.Initobj or ILOpCode.Constrained or ILOpCode.Sizeof;
}
