// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Build;

/// <summary>The folder with a project's objects.</summary>
internal static class ObjectFolder
{
    private const string Suffix = ".bpf.o";

    /// <summary>Writes the objects and removes those that are no more. Files that stay as they are keep their time.</summary>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Image)> objects)
    {
        Directory.CreateDirectory(folder);
        List<string> files = [];
        foreach (var (name, image) in objects)
        {
            string file = Path.Combine(folder, name + Suffix);
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(image.Span)) File.WriteAllBytes(file, image.Span);
            files.Add(file);
        }

        foreach (string old in Directory.EnumerateFiles(folder, "*" + Suffix).Except(files)) File.Delete(old);
        return files;
    }
}
