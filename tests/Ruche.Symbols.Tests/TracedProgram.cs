// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Tests;

/// <summary>A C program that says where its functions are, and waits until its input ends.</summary>
internal static class TracedProgram
{
    /// <summary>One function that the dynamic symbols name, one that only the full symbols name, and one made at run time.</summary>
    public const string Source = """
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        __attribute__((noinline, visibility("default"))) int visible_function(int a) { return a * 3 + getpid(); }
        __attribute__((noinline)) static int hidden_function(int a) { return a * 5 - getpid(); }
        int main(int argc, char **argv)
        {
            unsigned char *code = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            memset(code, 0xc3, 64);
            if (argc > 1)
            {
                char name[64];
                snprintf(name, sizeof name, "/tmp/perf-%d.map", getpid());
                FILE *map = fopen(name, "w");
                fprintf(map, "%lx 10 old name\n%lx 10 int Made::at(run time)\n0x%lx 20 another\n",
                    (unsigned long)code, (unsigned long)code, (unsigned long)code + 16);
                fclose(map);
            }
            printf("visible_function %lx\nhidden_function %lx\nmade %lx\ngetpid %lx\nready 0\n",
                (unsigned long)visible_function, (unsigned long)hidden_function, (unsigned long)code, (unsigned long)getpid);
            fflush(stdout);
            int used = visible_function(argc) + hidden_function(argc);
            while (getchar() != EOF) used++;
            return used & 0;
        }
        """;

    /// <summary>Compiles it; skips the test when there is no compiler.</summary>
    public static void Compile(string path, params string[] options)
    {
        Tool.Require("gcc", "objcopy", "strip");
        File.WriteAllText($"{path}.c", Source);
        Tool.Run("gcc", ["-O1", .. options, "-o", path, $"{path}.c"]);
    }
}
