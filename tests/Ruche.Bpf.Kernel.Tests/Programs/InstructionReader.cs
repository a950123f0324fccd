// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Ruche.Bpf.Kernel.Tests.Programs;

/// <summary>The instructions of a method, with the members that they name.</summary>
internal static class InstructionReader
{
    private static readonly Dictionary<ushort, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => (ushort)c.Value);

    public static IEnumerable<(OpCode Code, MemberInfo? Member)> Read(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int i = 0; i < il.Length;)
        {
            ushort value = il[i] == 0xfe ? (ushort)(0xfe00 | il[i + 1]) : il[i];
            OpCode code = Codes[value];
            i += code.Size;
            MemberInfo? member = code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                ? method.Module.ResolveMember(Number(i), method.DeclaringType!.GetGenericArguments(), method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : [])
                : null;
            yield return (code, member);
            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * Number(i),
                _ => 4,
            };
        }

        int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
    }
}
