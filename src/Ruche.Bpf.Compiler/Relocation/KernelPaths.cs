// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.Relocation;

/// <summary>What the names in a module lead to in the types that it carries; each is looked up once.</summary>
internal sealed class KernelPaths(Module module)
{
    private readonly Dictionary<string, KernelPath> _known = [];

    public KernelPath this[string name] => Find(name, out string problem) ?? throw new KeyNotFoundException(problem);

    public KernelSubject SubjectOf(KernelQuestion question) => new(question.Kind, Find(question, out string problem) ?? throw new KeyNotFoundException(problem));

    public KernelSubject OffsetOf(FieldAddress field) => new(CoreRelocationKind.FieldByteOffset, this[field.Field]);

    /// <summary>What a question is about. Its own types are those of the object's data, which keep their numbers.</summary>
    public KernelPath? Find(KernelQuestion question, out string problem) => question.Kind is CoreRelocationKind.TypeIdLocal
        ? KernelPath.Read(module.DataTypes ?? BtfSpec.Empty, question.Subject, out problem)
        : Find(question.Subject, out problem);

    public KernelPath? Find(string name, out string problem)
    {
        problem = "";
        if (_known.TryGetValue(name, out var known)) return known;
        if (module.KernelTypes is not { } types)
        {
            problem = $"'{name}' is asked of the kernel's types, but the module carries none";
            return null;
        }

        if (KernelPath.Read(types, name, out problem) is not { } path) return null;
        _known.Add(name, path);
        return path;
    }
}
