// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Tests.Links;

/// <summary>A program compiled by the C compiler of the host, with static trace points in it. The notes are written out, as the headers that make them do.</summary>
internal static class TracedProgram
{
    /// <summary>Says the note of a trace point: where it is, the section that tells whether the file was moved, the semaphore, three texts.</summary>
    private const string Macros = """
        #define NOTE(provider, name, semaphore, arguments) \
            "661: nop\n .pushsection .note.stapsdt,\"\",\"note\"\n .balign 4\n" \
            ".4byte 663f-662f, 665f-664f, 3\n662: .asciz \"stapsdt\"\n663: .balign 4\n" \
            "664: .8byte 661b, _.stapsdt.base, " semaphore "\n .asciz \"" provider "\"\n .asciz \"" name "\"\n .asciz \"" arguments "\"\n" \
            "665: .balign 4\n .popsection\n"
        __asm__(".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n .weak _.stapsdt.base\n"
            ".hidden _.stapsdt.base\n_.stapsdt.base: .space 1\n .size _.stapsdt.base, 1\n .popsection\n");
        """;

    public const string Source = Macros + """

        #include <unistd.h>
        static int next_letter(void) { char c; return read(0, &c, 1) == 1 ? c : 0; }
        __attribute__((section(".probes"), used, visibility("hidden"))) unsigned short hives_watched;
        struct cell { long filler; long honey[8]; };
        __attribute__((noinline)) void twice(int number, struct cell *cells)
        {
            long index = 5;
            __asm__ volatile(NOTE("hive", "visit", "0", "-4@%0 8@%1 -8@%2 4@$7 -4@$-9 1@%%sil 8f@%%xmm0 -8@8(%3,%4,8)")
                :: "r"(number), "r"((long)number * 1000000007L), "m"(cells->honey[2]), "r"(cells), "r"(index) : "rsi");
        }
        __attribute__((noinline)) void other(int number) { __asm__ volatile(NOTE("hive", "visit", "0", "-4@%0") :: "r"(number + 100)); }
        __attribute__((noinline)) void guarded(int number)
        {
            if (*(volatile unsigned short *)&hives_watched)
                __asm__ volatile(NOTE("hive", "guarded", "hives_watched", "-4@%0") :: "r"(number));
        }
        int main(int argc, char **argv)
        {
            struct cell cells = { 0, { 0, 1, -22, 3, 4, 55, 6, 7 } };
            for (int i = -1; i < 2; i++) { twice(i, &cells); guarded(i + 10); }
            other(3);
            if (argc > 1) for (volatile int c = 0; (c = next_letter()) > 0;) other(c);
            return 0;
        }
        """;

    /// <summary>Compiles the program, or takes what the host has compiled.</summary>
    public static void Write(string path, params string[] options)
    {
        File.WriteAllBytes(path, Compiled.Get($"gcc {string.Join(' ', options)} {Source}", () =>
        {
            File.WriteAllText($"{path}.c", Source);
            Shell.Run("gcc", [.. options, "-O1", "-o", path, $"{path}.c"]);
            return File.ReadAllBytes(path);
        }));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
