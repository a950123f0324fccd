// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;

/// <summary>How many values an instruction takes from the evaluation stack, and whether it leaves one; calls are asked for elsewhere.</summary>
internal static class StackUse
{
    public static int Takes(ILOpCode code) => code switch
    {
        ILOpCode.Stelem or (>= ILOpCode.Stelem_i and <= ILOpCode.Stelem_ref) or ILOpCode.Cpblk or ILOpCode.Initblk => 3,
        (>= ILOpCode.Add and <= ILOpCode.Shr_un) or (>= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un) => 2,
        ILOpCode.Ceq or ILOpCode.Cgt or ILOpCode.Cgt_un or ILOpCode.Clt or ILOpCode.Clt_un => 2,
        >= ILOpCode.Beq and <= ILOpCode.Blt_un => 2,
        (>= ILOpCode.Stind_ref and <= ILOpCode.Stind_r8) or ILOpCode.Stind_i or ILOpCode.Stobj or ILOpCode.Cpobj or ILOpCode.Stfld => 2,
        ILOpCode.Ldelema or ILOpCode.Ldelem or (>= ILOpCode.Ldelem_i1 and <= ILOpCode.Ldelem_ref) => 2,
        ILOpCode.Neg or ILOpCode.Not or ILOpCode.Brtrue or ILOpCode.Brfalse or ILOpCode.Switch or ILOpCode.Throw => 1,
        ILOpCode.Stloc or ILOpCode.Starg or ILOpCode.Stsfld or ILOpCode.Initobj or ILOpCode.Ldvirtftn or ILOpCode.Localloc => 1,
        ILOpCode.Ldfld or ILOpCode.Ldflda or ILOpCode.Ldobj or (>= ILOpCode.Ldind_i1 and <= ILOpCode.Ldind_ref) or ILOpCode.Ldlen or ILOpCode.Newarr => 1,
        ILOpCode.Box or ILOpCode.Unbox or ILOpCode.Unbox_any or ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Mkrefany or ILOpCode.Refanyval or ILOpCode.Refanytype or ILOpCode.Ckfinite => 1,
        _ => IsConversion(code) ? 1 : 0,
    };

    public static bool Leaves(ILOpCode code) => code switch
    {
        ILOpCode.Nop or ILOpCode.Pop or ILOpCode.Volatile or ILOpCode.Unaligned or ILOpCode.Readonly or ILOpCode.Tail or ILOpCode.Break or ILOpCode.Constrained => false,
        ILOpCode.Stloc or ILOpCode.Starg or ILOpCode.Stsfld or ILOpCode.Stfld or ILOpCode.Stobj or ILOpCode.Cpobj or ILOpCode.Initobj or ILOpCode.Cpblk or ILOpCode.Initblk => false,
        (>= ILOpCode.Stind_ref and <= ILOpCode.Stind_r8) or ILOpCode.Stind_i or ILOpCode.Stelem or (>= ILOpCode.Stelem_i and <= ILOpCode.Stelem_ref) => false,
        _ => true,
    };

    private static bool IsConversion(ILOpCode code) => code
        is (>= ILOpCode.Conv_i1 and <= ILOpCode.Conv_u8)
        or ILOpCode.Conv_r_un
        or (>= ILOpCode.Conv_ovf_i1_un and <= ILOpCode.Conv_ovf_u_un)
        or (>= ILOpCode.Conv_ovf_i1 and <= ILOpCode.Conv_ovf_u8)
        or (>= ILOpCode.Conv_u2 and <= ILOpCode.Conv_ovf_u)
        or ILOpCode.Conv_u;
}
