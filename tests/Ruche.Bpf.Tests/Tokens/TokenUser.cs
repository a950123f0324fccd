// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tokens;

namespace Ruche.Bpf.Tests.Tokens;

/// <summary>A process in a user namespace of its own that loads an object with a token, and the small program that puts it there.</summary>
internal static class TokenUser
{
    public const string Verb = "use-token";
    public const int CannotPrepare = 77;

    public const string Source = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, int); __type(value, long); __uint(max_entries, 4); } map SEC(".maps");
        SEC("xdp") int passes(struct xdp_md *ctx) { int key = 1; long value = 2; bpf_map_update_elem(&map, &key, &value, 0); return XDP_PASS; }
        """;

    /// <summary>
    /// The child makes namespaces and opens a BPF file system in them; its parent, which has the right, says what it passes on; the
    /// child mounts it over /mnt and becomes the program that was asked for.
    /// </summary>
    public const string Starter = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <sched.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mount.h>
        #include <sys/syscall.h>
        #include <sys/wait.h>
        #include <unistd.h>
        #include <fcntl.h>
        static int give_up(const char *what) { printf("%s: %s\n", what, strerror(errno)); fflush(stdout); _exit(77); }
        static void put(int pid, const char *file, const char *text)
        {
            char path[64];
            snprintf(path, sizeof(path), "/proc/%d/%s", pid, file);
            int fd = open(path, O_WRONLY);
            if (fd < 0 || write(fd, text, strlen(text)) < 0) give_up(path);
            close(fd);
        }
        int main(int argc, char **argv)
        {
            int up[2], down[2], context, pid;
            if (pipe(up) || pipe(down)) give_up("pipe");
            pid = fork();
            if (pid == 0) {
                close(up[0]);
                close(down[1]);
                char c;
                if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET)) give_up("unshare");
                if (write(up[1], "n", 1) != 1 || read(down[0], &c, 1) != 1) give_up("wait");
                if (mount("none", "/", 0, MS_REC | MS_PRIVATE, 0)) give_up("make private");
                context = syscall(SYS_fsopen, "bpf", 0);
                if (context < 0) give_up("fsopen");
                if (write(up[1], &context, sizeof(context)) != sizeof(context) || read(down[0], &c, 1) != 1 || c != 'y') give_up("delegate");
                int mounted = syscall(SYS_fsmount, context, 0, 0);
                if (mounted < 0) give_up("fsmount");
                if (syscall(SYS_move_mount, mounted, "", -100, "/mnt", 4)) give_up("move_mount");
                execv(argv[1], argv + 1);
                give_up("execv");
            }
            close(up[1]);
            close(down[0]);
            char c;
            if (read(up[0], &c, 1) != 1) goto end;
            put(pid, "uid_map", "0 0 1");
            put(pid, "setgroups", "deny");
            put(pid, "gid_map", "0 0 1");
            if (write(down[1], "n", 1) != 1 || read(up[0], &context, sizeof(context)) != sizeof(context)) goto end;
            int task = syscall(SYS_pidfd_open, pid, 0);
            int own = syscall(SYS_pidfd_getfd, task, context, 0);
            const char *rights[] = { "delegate_cmds", "delegate_maps", "delegate_progs", "delegate_attachs" };
            int failed = own < 0;
            for (int i = 0; i < 4; i++) failed |= syscall(SYS_fsconfig, own, 1, rights[i], "any", 0) != 0;
            failed |= syscall(SYS_fsconfig, own, 6, 0, 0, 0) != 0;
            if (failed) perror("fsconfig");
            if (write(down[1], failed ? "n" : "y", 1) != 1) give_up("tell");
        end:
            close(down[1]);
            int status;
            waitpid(pid, &status, 0);
            return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
        }
        """;

    public static byte[] Compile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"ruche-starter-{Environment.ProcessId}");
        File.WriteAllText($"{path}.c", Starter);
        Shell.Run("gcc", "-O1", "-o", path, $"{path}.c");
        byte[] image = File.ReadAllBytes(path);
        File.Delete(path);
        File.Delete($"{path}.c");
        return image;
    }

    /// <summary>Loads without and with a token, and says what came of it.</summary>
    public static int Run()
    {
        try
        {
            using var refused = BpfObject.Open(TestObject.Read(Source));
            refused.Load();
            Console.WriteLine("without: loaded");
        }
        catch (BpfException e)
        {
            Console.WriteLine($"without: {e.Errno}");
        }

        try
        {
            using var token = BpfToken.Create("/mnt");
            using var loaded = BpfObject.Open(TestObject.Read(Source), new() { Token = token });
            loaded.Load();
            Console.WriteLine($"with: {loaded.Program("passes").Run(new byte[64]).ReturnValue}");
            return loaded.Program("passes").Type is ProgramType.Xdp ? 0 : 1;
        }
        catch (BpfException e)
        {
            Console.WriteLine($"with: {e}");
            return 1;
        }
    }
}
