// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>The messages of the kernel's verifier, of Linux 5.10 to 7.2. Of several that fit, the one with the most words of its own is meant.</summary>
internal static partial class KernelMessages
{
    private static KernelMessage[]? _all;

    /// <summary>All messages, the particular ones before the general.</summary>
    public static IReadOnlyList<KernelMessage> All =>
        _all ??= [.. Everything().OrderByDescending(message => message.Pattern.Literal)];

    /// <summary>The message that a line is; null when it is none of them.</summary>
    public static (KernelMessage Message, Dictionary<string, string> Values)? Find(ReadOnlySpan<char> line)
    {
        foreach (var message in All)
            if (message.Pattern.Match(line) is { } values) return (message, values);
        return null;
    }

    private static IEnumerable<KernelMessage> Everything() =>
        [.. Registers, .. Stack, .. Contexts, .. Memory, .. References, .. Functions, .. Objects, .. Calls, .. Code, .. Loading];
}
