// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;

/// <summary>The lines of C# that a method's instructions come from.</summary>
internal sealed class SourceLines
{
    private readonly List<(int Offset, SourceLine Line)> _points = [];

    public SourceLines(MetadataAssembly assembly, MethodDefinitionHandle method)
    {
        if (assembly.Symbols is not { } symbols) return;
        foreach (var point in symbols.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints())
        {
            if (point.IsHidden) continue;
            string file = symbols.GetString(symbols.GetDocument(point.Document).Name);
            _points.Add((point.Offset, new(file, point.StartLine, point.StartColumn, SourceFiles.TextOf(file, point.StartLine))));
        }
    }

    /// <summary>The line of the instruction at an offset; null when there are no symbols.</summary>
    public SourceLine? At(int offset)
    {
        SourceLine? line = null;
        foreach (var (start, candidate) in _points)
        {
            if (start > offset) break;
            line = candidate;
        }

        return line ?? (_points.Count > 0 ? _points[0].Line : null);
    }
}
