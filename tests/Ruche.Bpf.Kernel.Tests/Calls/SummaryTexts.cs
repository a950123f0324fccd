// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Xml.Linq;

namespace Ruche.Bpf.Kernel.Tests.Calls;

/// <summary>What the library's documentation says of methods of <see cref="Bpf"/>, by name: of overloads, all of it.</summary>
internal static class SummaryTexts
{
    private static readonly Lazy<ILookup<string, string>> Texts = new(() =>
        XDocument.Load(Path.ChangeExtension(typeof(Bpf).Assembly.Location, ".xml")).Descendants("member")
            .Select(m => (Name: m.Attribute("name")!.Value, Text: m.Element("summary")?.Value ?? ""))
            .Where(m => m.Name.StartsWith("M:Ruche.Bpf.Kernel.Bpf.", StringComparison.Ordinal))
            .ToLookup(m => m.Name["M:Ruche.Bpf.Kernel.Bpf.".Length..].Split('(', '`')[0], m => m.Text));

    public static IEnumerable<string> Of(MethodInfo method) => Texts.Value[method.Name];
}
