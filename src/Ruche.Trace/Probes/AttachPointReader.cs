// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Probes;

/// <summary>Finds the provider of an attach point, and checks that it has the parts which that provider takes.</summary>
internal static class AttachPointReader
{
    /// <summary>The provider and its parts; null after an error, which is reported.</summary>
    public static ProbeTarget? Read(AttachPoint attachPoint, SourceText source, DiagnosticBag diagnostics)
    {
        var first = attachPoint.Parts[0];
        var parts = attachPoint.Parts.RemoveAt(0);
        if (!ProbeProvider.TryFind(first.Text, out var provider))
        {
            string note = NearestNames.Question(first.Text, ProbeProvider.All.Select(p => p.Name))
                ?? $"there are {string.Join(", ", ProbeProvider.All.Select(p => p.Name))}";
            diagnostics.Error(TraceDiagnostics.UnknownProvider, $"there is no probe provider '{first.Text}'", source.Locate(first.Span), note);
            return null;
        }

        if (parts.Length < provider.LeastParts || parts.Length > provider.MostParts)
        {
            diagnostics.Error(TraceDiagnostics.PartCount, $"'{provider.Name}' takes {Count(provider)}, found {parts.Length}",
                source.Locate(attachPoint.Span), $"write {provider.Usage}");
            return null;
        }

        var empty = parts.FirstOrDefault(p => p.Text.Length == 0);
        if (empty is not null && !provider.MayHaveEmptyParts)
        {
            diagnostics.Error(TraceDiagnostics.EmptyPart, $"a part of '{provider.Name}' is empty", source.Locate(empty.Span),
                $"write {provider.Usage}");
            return null;
        }

        return new(provider, parts);
    }

    private static string Count(ProbeProvider provider) => provider switch
    {
        { MostParts: 0 } => "nothing behind it",
        { LeastParts: 1, MostParts: 1 } => "1 part behind it",
        _ when provider.LeastParts == provider.MostParts => $"{provider.MostParts} parts behind it",
        _ => $"{provider.LeastParts} to {provider.MostParts} parts behind it",
    };
}
