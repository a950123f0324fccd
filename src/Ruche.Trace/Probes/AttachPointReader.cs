// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Probes;

/// <summary>Finds the provider of an attach point, and checks that it has the parts which that provider takes.</summary>
internal static class AttachPointReader
{
    /// <summary>Whether what the attach point says depends on the script's parameters.</summary>
    public static bool HasParameters(AttachPoint attachPoint) => attachPoint.Parts.Any(p => !IsQuoted(p) && p.Text.Contains('$', StringComparison.Ordinal));

    /// <summary>
    /// The provider and its parts; null after an error, which is reported. In parts outside quotes, <c>$1</c> stands for the first of the
    /// <paramref name="parameters"/>, which may consist of several parts. Where what is missing is ignored, so is a provider that they do not fit.
    /// </summary>
    public static ProbeTarget? Read(AttachPoint attachPoint, SourceText source, DiagnosticBag diagnostics, IReadOnlyList<string> parameters, MissingProbes missing = MissingProbes.Error)
    {
        var all = ImmutableArray.CreateBuilder<AttachPointPart>();
        foreach (var part in attachPoint.Parts)
        {
            if (WithParameters(part, parameters) is { } text)
            {
                if (text == part.Text) all.Add(part);
                else all.AddRange(text.Split(':').Select(t => part with { Text = t }));
                continue;
            }

            diagnostics.Error(TraceDiagnostics.MissingParameter, $"'{part.Text}' needs a parameter that is not given", source.Locate(part.Span),
                parameters.Count == 0 ? "give parameters behind the script" : $"there are {parameters.Count}");
            return null;
        }

        var first = all[0];
        all.RemoveAt(0);
        var parts = all.ToImmutable();
        if (!ProbeProvider.TryFind(first.Text, out var provider))
        {
            string note = NearestNames.Question(first.Text, ProbeProvider.All.Select(p => p.Name))
                ?? $"there are {string.Join(", ", ProbeProvider.All.Select(p => p.Name))}";
            diagnostics.Error(TraceDiagnostics.UnknownProvider, $"there is no probe provider '{first.Text}'", source.Locate(first.Span), note);
            return null;
        }

        if (parts.Length < provider.LeastParts || parts.Length > provider.MostParts)
        {
            if (missing is MissingProbes.Ignore && HasParameters(attachPoint)) return null;
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

    private static bool IsQuoted(AttachPointPart part) => part.Spelling.Contains('"', StringComparison.Ordinal);

    private static string? WithParameters(AttachPointPart part, IReadOnlyList<string> parameters)
    {
        if (IsQuoted(part)) return part.Text;
        string text = part.Text;
        for (int at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = at + 1 < text.Length ? text.IndexOf('$', at + 1) : -1)
        {
            int end = at + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (!int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0) continue;
            if (number > parameters.Count) return null;
            string given = parameters[number - 1];
            text = text[..at] + given + text[end..];
            at += given.Length - 1;
        }

        return text;
    }

    private static string Count(ProbeProvider provider) => provider switch
    {
        { MostParts: 0 } => "nothing behind it",
        { LeastParts: 1, MostParts: 1 } => "1 part behind it",
        _ when provider.LeastParts == provider.MostParts => $"{provider.MostParts} parts behind it",
        _ => $"{provider.LeastParts} to {provider.MostParts} parts behind it",
    };
}
