// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Events;
using Ruche.Trace.Output.Formats;

namespace Ruche.Trace.Binding;

/// <content>Iterators that are pinned: they run when the trace is over, so that only the kernel can show what they find.</content>
internal sealed partial class Binder
{
    private void CheckPinned(ImmutableArray<BoundStatement> body)
    {
        foreach (var told in BoundWalk.ExpressionsIn(body).OfType<BoundExpression.Tell>())
        {
            if (told.Event is TraceEvent.Formatted { Use: TraceEvent.Purpose.Print } format) CheckSequence(format);
            else Error(TraceDiagnostics.NotInThisProbe, "the trace is over when a pinned iterator runs: nobody is told of this", told.Span, "printf writes to whoever reads the pin");
        }
    }

    private void CheckSequence(TraceEvent.Formatted told)
    {
        var pieces = FormatReader.Read(told.Format.AsSpan(), []);
        for (int i = 0; i < told.Payload.Length && i < pieces.Count; i++)
        {
            if (pieces[i].Conversion is { } conversion && SequenceFormat.Refusal(conversion, told.Payload[i]) is { } why)
                Error(TraceDiagnostics.UnsupportedConversion, $"conversion {i + 1} is not for a pinned iterator: {why}", told.FormatSpan, "what a pinned iterator prints, the kernel puts together");
        }
    }
}
