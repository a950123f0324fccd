// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Events;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Types;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Trace.Lowering;

/// <content>What a pinned iterator writes to whoever reads the pin: the kernel makes the text.</content>
internal sealed partial class ProbeLowering
{
    // The context begins with a pointer to what is known of the run; that begins with the file.
    private Load Sequence()
    {
        var kernel = IrType.PointerTo(AddressSpace.Kernel);
        return Add(new Load(kernel, Add(new Load(kernel, Context, 0)), 0));
    }

    private void WriteSequence(TraceEvent.Formatted told, ImmutableArray<BoundExpression> payload)
    {
        Output.Formats.Conversion[] conversions = [.. FormatReader.Read(told.Format.AsSpan(), []).Where(p => p.Conversion is not null).Select(p => p.Conversion.GetValueOrDefault())];
        Value[] values = [.. payload.Select((value, i) => Shown(value, conversions[i]))];
        foreach (var part in SequenceFormat.Read(told.Format.AsSpan(), told.Payload))
        {
            var text = Temporary(part.Text.Length + 1);
            WriteLiteral(part.Text, text, part.Text.Length + 1);
            if (part.IsVerbatim)
            {
                Call(HelperId.SeqWrite, Sequence(), AddressOf(text), Number(part.Text.Length));
                continue;
            }

            var shown = Temporary(Math.Max(1, part.Values.Length) * Word);
            for (int i = 0; i < part.Values.Length; i++) Store(shown.Plus(i * Word), values[part.Values[i]], Word);
            Value data = part.Values.IsEmpty ? Number(0) : AddressOf(shown);
            Call(HelperId.SeqPrintf, Sequence(), AddressOf(text), Number(part.Text.Length + 1), data, Number(part.Values.Length * Word));
        }
    }

    // A number as one of 64 bits, or the address of text.
    private Value Shown(BoundExpression value, in Output.Formats.Conversion conversion)
    {
        if (value.Type is TraceType.Text) return AsNumber(AddressOf(Own(value)));
        var number = Lower(value);
        if (conversion.Kind is ConversionKind.Character)
        {
            var text = Temporary(Word);
            Store(text, Combine(Bpf.Compiler.Ir.BinaryOperator.And, number, Number(byte.MaxValue)), Word);
            return AsNumber(AddressOf(text));
        }

        if (conversion.Kind is ConversionKind.Value or ConversionKind.Pointer || conversion.Bits == 64) return number;
        return Extend(Add(new Convert(Bpf.Compiler.Ir.Conversion.Truncate, IrType.IntOf(conversion.Bits), number)), conversion.Kind is ConversionKind.Signed);
    }
}
