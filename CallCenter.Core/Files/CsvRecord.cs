using CallCenter.Core.Primitives;

namespace CallCenter.Core.Files;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="LastLine">Line on which it ends; the same unless a quoted value goes over several lines.</param>
/// <param name="Raw">As it stands in the file, without its line end.</param>
/// <param name="Fields">Its values without their quotation marks, trimmed.</param>
/// <param name="Fault">What is wrong with its form; null when nothing is.</param>
public sealed record CsvRecord(int Line, int LastLine, string Raw, IReadOnlyList<string> Fields, Error? Fault);

/// <summary>A CSV file as read.</summary>
/// <param name="Separator">What separates values.</param>
/// <param name="Records">Every line that holds anything, the first included. Lines of nothing but separators and blanks are left out.</param>
public sealed record CsvDocument(char Separator, IReadOnlyList<CsvRecord> Records);
