// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;
using System.Text.RegularExpressions;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;

/// <summary>
/// Where members are declared. Symbols know lines of code only: the declaration is looked for in the source text of the type, and is not found where the
/// text is gone.
/// </summary>
internal static class DeclarationLines
{
    /// <summary>The line of a field or property; null when it is not found.</summary>
    public static SourceLine? OfField(MetadataAssembly assembly, TypeDefinition type, string name)
    {
        Regex start = new($@"\b(class|struct|record)\s+{Regex.Escape(assembly.Reader.GetString(type.Name).Split('`')[0])}\b");
        Regex declaration = new($@"\bstatic\b.*\s{Regex.Escape(name)}\s*(=|;|,|\{{|$)");
        foreach (string file in FilesOf(assembly, type))
        {
            string[] lines = SourceFiles.LinesOf(file);
            int first = Array.FindIndex(lines, start.IsMatch);
            int line = first < 0 ? -1 : Array.FindIndex(lines, first, l => declaration.IsMatch(WithoutComment(l)));
            if (line >= 0) return At(file, line, name);
        }

        return null;
    }

    /// <summary>The line on which a method begins: above its code, where its name stands.</summary>
    public static SourceLine? OfMethod(MetadataAssembly assembly, MethodDefinitionHandle method)
    {
        if (new SourceLines(assembly, method).At(0) is not { } code) return null;
        string name = assembly.Reader.GetString(assembly.Reader.GetMethodDefinition(method).Name);
        Regex declaration = new($@"\b{Regex.Escape(name)}\s*(<[^(]*>)?\s*\(");
        string[] lines = SourceFiles.LinesOf(code.File);
        for (int line = Math.Min(code.Line, lines.Length) - 1; line >= 0; line--)
        {
            if (declaration.IsMatch(lines[line])) return At(code.File, line, name);
        }

        return code;
    }

    private static SourceLine At(string file, int line, string name) =>
        new(file, line + 1, SourceFiles.LinesOf(file)[line].IndexOf(name, StringComparison.Ordinal) + 1, SourceFiles.TextOf(file, line + 1));

    private static string WithoutComment(string line) => line.IndexOf("//", StringComparison.Ordinal) is >= 0 and var comment ? line[..comment] : line;

    // The files of the type's code; of a type without any, all files.
    private static IEnumerable<string> FilesOf(MetadataAssembly assembly, TypeDefinition type)
    {
        if (assembly.Symbols is not { } symbols) return [];
        var own = type.GetMethods().Select(m => new SourceLines(assembly, m).At(0)?.File).OfType<string>().Distinct().ToList();
        return own.Count > 0 ? own : symbols.Documents.Select(d => symbols.GetString(symbols.GetDocument(d).Name));
    }
}
