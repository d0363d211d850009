#!/usr/bin/env -S dotnet run
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:include tools/build/AptPackages.cs
#:include tools/build/Bench.cs
#:include tools/build/Check.cs
#:include tools/build/Publish.cs
#:include tools/build/RealParts.cs
#:include tools/build/Repository.cs
#:include tools/build/ScratchPostgres.cs
#:include tools/build/Shell.cs
#:include tools/build/TestProject.cs
#:include tools/build/TestRun.cs

using Lifeguard.Build;

string[] rest = args.Length > 1 ? args[1..] : [];

return args.FirstOrDefault() switch
{
    "check" => Check.Run(fast: rest.Contains("--fast")),
    "test" => TestRun.Run(TestChoice.Parse(rest), withRealParts: true),
    "gen" => Shell.Dotnet(["run", "--project", "tools/ContractGen", "--", "generate"]),
    "bench" => Bench.Run(rest),
    "publish" => Publish.Run(jit: rest.Contains("--jit")),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("""
        dotnet run build.cs <verb>

          check [--fast]      format, generated code, AOT analysis; not --fast: tests without services
          test [name]         every test, with real database, clients and browser; name: of one project
               [--only text]  only tests whose full name contains the text
          gen                 writes the generated contract anew from contract/*.json
          bench               the benchmarks, in Release and briefly
                name [options] of one project, with its own options; see bench/README.md
          publish [--jit]     one native binary; --jit: the build for machines without one
        """);
    return 2;
}
