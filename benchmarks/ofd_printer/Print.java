import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ofdrw.layout.OFDDoc;
import org.ofdrw.layout.PageLayout;
import org.ofdrw.layout.element.Clear;
import org.ofdrw.layout.element.Paragraph;
import org.ofdrw.layout.element.Span;
import org.ofdrw.layout.element.TextAlign;

/** Prints a list of blocks as OFD by ofdrw: "p", "c" (centred) or "t" (a row of cells), a tab before each text. */
class Print {
    private static final double WIDTH = 154, SIZE = 5.6, CELL = 4.2;

    public static void main(String[] given) throws Exception {
        List<String> blocks = Files.readAllLines(Path.of(given[0]), StandardCharsets.UTF_8);
        try (OFDDoc document = new OFDDoc(Path.of(given[1]))) {
            document.setDefaultPageLayout(PageLayout.A4().setMargin(37d, 27d, 35d, 27d));
            for (String block : blocks) {
                String[] parts = block.split("\t", -1);
                if (parts[0].equals("t")) {
                    row(document, parts);
                } else {
                    document.add(paragraph(parts[1], parts[0].equals("c")));
                }
            }
        }
    }

    private static Paragraph paragraph(String text, boolean centred) {
        Paragraph made = new Paragraph();
        made.setLineSpace(3d);
        if (centred) {
            made.setTextAlign(TextAlign.center);
        } else {
            made.setFirstLineIndent(2);
        }
        made.add(new Span(text).setFontSize(SIZE));
        return made;
    }

    private static void row(OFDDoc document, String[] parts) {
        int columns = parts.length - 1;
        double wide = WIDTH / columns;
        int lines = 1;
        for (int at = 1; at <= columns; at++) {
            lines = Math.max(lines, (int) Math.ceil(parts[at].length() / Math.floor((wide - 3) / CELL)));
        }
        for (int at = 1; at <= columns; at++) {
            Paragraph cell = new Paragraph();
            cell.setClear(Clear.none);
            cell.setWidth(wide - 2.4).setHeight(lines * (CELL + 2) + 2).setPadding(1d).setBorder(0.2);
            cell.add(new Span(parts[at].isEmpty() ? " " : parts[at]).setFontSize(CELL));
            document.add(cell);
        }
    }
}
