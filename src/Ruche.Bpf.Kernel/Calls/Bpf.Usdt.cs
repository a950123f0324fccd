// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <content>Arguments of places that programs and libraries have marked for tracing (USDT).</content>
public static unsafe partial class Bpf
{
    /// <summary>How many arguments there are, or ENOENT, negative (5.15).</summary>
    public static int UsdtArgumentCount(ref readonly PtRegs registers)
    {
        ref UsdtSpec spec = ref UsdtMaps.Specs.Lookup((uint)GetAttachCookie(in registers));
        return IsNull(ref spec) ? -2 : spec.arg_cnt;
    }

    /// <summary>
    /// The number that user space gave when it attached the program; in USDT programs in place of <see cref="GetAttachCookie{TContext}"/> (5.15).
    /// </summary>
    public static ulong UsdtCookie(ref readonly PtRegs registers)
    {
        ref UsdtSpec spec = ref UsdtMaps.Specs.Lookup((uint)GetAttachCookie(in registers));
        return IsNull(ref spec) ? 0 : spec.usdt_cookie;
    }

    /// <summary>An argument, counted from 0; false when there is none, or it cannot be read (5.15).</summary>
    public static bool TryGetUsdtArgument(ref readonly PtRegs registers, uint index, out long value)
    {
        value = 0;
        ref UsdtSpec spec = ref UsdtMaps.Specs.Lookup((uint)GetAttachCookie(in registers));
        if (IsNull(ref spec) || index >= UsdtArgumentSpecs.Capacity || (int)index >= spec.arg_cnt) return false;
        fixed (PtRegs* saved = &registers)
        fixed (UsdtSpec* at = &spec)
        {
            // The arguments stand at the beginning.
            UsdtArgumentSpec* argument = (UsdtArgumentSpec*)at + index;
            if (!TryReadUsdt((byte*)saved, argument, out long read)) return false;
            int shift = argument->arg_bitshift & 63;
            value = argument->arg_signed != 0 ? read << shift >> shift : (long)((ulong)read << shift >> shift);
            return true;
        }
    }

    // A constant, a register, memory at a register, or memory at one with another as its index.
    private static bool TryReadUsdt(byte* registers, UsdtArgumentSpec* argument, out long value)
    {
        // Offsets are of registers; the verifier wants to see that they are small.
        const uint LastOffset = 0xff;
        const int Constant = 0, Register = 1, Memory = 2, Indexed = 3;
        value = argument->val_off;
        if (argument->arg_type == Constant) return true;
        ulong address, number = 0;
        if (ProbeReadKernel(&address, 8, registers + (argument->reg_off & LastOffset)) != 0) return false;
        if (argument->arg_type == Register)
        {
            value = (long)address;
            return true;
        }

        if (argument->arg_type is not (Memory or Indexed)) return false;
        if (argument->arg_type == Indexed && ProbeReadKernel(&number, 8, registers + (argument->idx_reg_off & LastOffset)) != 0) return false;
        return ProbeReadUser(out value, address + (number << (argument->scale_bitshift & 63)) + (ulong)argument->val_off) == 0;
    }
}
