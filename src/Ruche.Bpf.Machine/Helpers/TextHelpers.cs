// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on text: compare, read numbers, print.</summary>
internal static class TextHelpers
{
    private const ulong BaseMask = 0x1f;
    private const int MostOutput = 1 << 24;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.Strncmp, Compare)
        .With(HelperId.Strtol, ReadSigned)
        .With(HelperId.Strtoul, ReadUnsigned)
        .With(HelperId.Snprintf, Format)
        .With(HelperId.TracePrintk, static (in HelperCall call) => Print(call, call.First, call.Second, [call.Third, call.Fourth, call.Fifth]))
        .With(HelperId.TraceVprintk, static (in HelperCall call) => Print(call, call.First, call.Second, Words(call, call.Third, call.Fourth)))
        .With(HelperId.SeqPrintf, PrintToSequence)
        .With(HelperId.SeqWrite, WriteToSequence);

    private static ulong Compare(in HelperCall call)
    {
        for (ulong i = 0; i < call.Second; i++)
        {
            byte left = call.Read(call.First + i, 1)[0], right = call.Read(call.Third + i, 1)[0];
            if (left != right) return left < right ? ulong.MaxValue : 1;
            if (left == 0) break;
        }

        return 0;
    }

    private static ulong ReadSigned(in HelperCall call)
    {
        if (Number.Read(Text(call), call.Third & ~BaseMask, (int)(call.Third & BaseMask), out var number, out int length) is not Errno.None and var errno)
            return Answers.Of(errno);
        if (number.IsNegative ? number.Magnitude > 1ul << 63 : number.Magnitude > long.MaxValue) return Answers.Of(Errno.ERANGE);
        long value = number.IsNegative ? -(long)number.Magnitude : (long)number.Magnitude;
        BinaryPrimitives.WriteInt64LittleEndian(call.Write(call.Fourth, sizeof(long)), value);
        return (ulong)length;
    }

    private static ulong ReadUnsigned(in HelperCall call)
    {
        if (Number.Read(Text(call), call.Third & ~BaseMask, (int)(call.Third & BaseMask), out var number, out int length) is not Errno.None and var errno)
            return Answers.Of(errno);
        if (number.IsNegative) return Answers.Of(Errno.EINVAL);
        BinaryPrimitives.WriteUInt64LittleEndian(call.Write(call.Fourth, sizeof(ulong)), number.Magnitude);
        return (ulong)length;
    }

    private static ReadOnlySpan<byte> Text(in HelperCall call) => call.Read(call.First, Answers.Length(call.Second, call.First));

    private static ulong Format(in HelperCall call)
    {
        if (call.Fifth % sizeof(ulong) != 0) return Answers.Of(Errno.EINVAL);
        if (call.TextLength(call.Third, int.MaxValue) is not { } length) return Answers.Of(Errno.EFAULT);
        if (PrintFormat.Apply(call, call.Read(call.Third, length), Words(call, call.Fourth, call.Fifth)) is not { } text) return Answers.Of(Errno.EINVAL);
        var target = call.Write(call.First, Answers.Length(call.Second, call.First));
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        if (target.Length > 0)
        {
            int fits = Math.Min(bytes.Length, target.Length - 1);
            bytes.AsSpan(0, fits).CopyTo(target);
            target[fits] = 0;
        }

        return (ulong)bytes.Length + 1;
    }

    private static ulong Print(in HelperCall call, ulong format, ulong length, ReadOnlySpan<ulong> values)
    {
        if (Formatted(call, format, length, values) is not { } text) return Answers.Of(Errno.EINVAL);
        string line = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)).TrimEnd('\n');
        if (call.Run.Effects.Printed.Count == RunEffects.Most) call.Run.Effects.Printed.RemoveAt(0);
        call.Run.Effects.Printed.Add(line);
        call.Environment.Print(line);
        return (ulong)text.Length;
    }

    private static ulong PrintToSequence(in HelperCall call)
    {
        if (Formatted(call, call.Second, call.Third, Words(call, call.Fourth, call.Fifth)) is not { } text) return Answers.Of(Errno.EINVAL);
        return Write(call, Encoding.Latin1.GetBytes(text));
    }

    private static ulong WriteToSequence(in HelperCall call) => Write(call, call.Read(call.Second, Answers.Length((uint)call.Third, call.Second)));

    private static ulong Write(in HelperCall call, ReadOnlySpan<byte> text)
    {
        var output = call.Run.Effects.Output;
        if (output.Count + text.Length > MostOutput) return Answers.Of(Errno.EOVERFLOW);
        output.AddRange(text);
        return 0;
    }

    private static string? Formatted(in HelperCall call, ulong format, ulong length, ReadOnlySpan<ulong> values)
    {
        var text = call.Read(format, Answers.Length((uint)length, format));
        int end = text.IndexOf((byte)0);
        return end < 0 ? null : PrintFormat.Apply(call, text[..end], values);
    }

    private static ulong[] Words(in HelperCall call, ulong address, ulong length)
    {
        var bytes = call.Read(address, Answers.Length((uint)length, address));
        ulong[] words = new ulong[bytes.Length / sizeof(ulong)];
        for (int i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        return words;
    }
}
