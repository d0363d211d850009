using Lifeguard.ContractGen;
using Lifeguard.ContractGen.Facts;

const string Usage = "usage: ContractGen [generate | verify | import <model.json>]";

var root = Repository.Find(Environment.CurrentDirectory) ?? Repository.Find(AppContext.BaseDirectory);
if (root is null)
{
    Console.Error.WriteLine("No contract/observed.json here or above: run this inside the repository.");
    return 2;
}

switch (args)
{
    case ["import", var model]:
        root.Write("contract/cognito-idp.json", FactsImport.Distil(File.ReadAllText(model)));
        return 0;
    case [] or ["generate"]:
        foreach (var changed in GeneratedTree.From(root).WriteTo(root))
            Console.WriteLine(changed);
        return 0;
    case ["verify"]:
        var differences = GeneratedTree.From(root).DifferencesFrom(root);
        foreach (var difference in differences)
            Console.Error.WriteLine(difference);
        return differences.Count == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
