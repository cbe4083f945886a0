package io.curia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Records whose equality is written out forget none of their components, however many are added. */
class RecordsTest {

    private static final List<JavaClass> WRITTEN_OUT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.curia").stream()
            .filter(JavaClass::isRecord).filter(record -> !fieldsOf(equality(record)).isEmpty()).toList();

    @TestFactory
    Stream<DynamicTest> whatIsComparedIsAllOfIt() {
        assertThat(WRITTEN_OUT).extracting(JavaClass::getSimpleName)
                .contains("Incarnation", "Epoch", "Tenure", "NodeState", "Place");
        return WRITTEN_OUT.stream().map(record -> DynamicTest.dynamicTest(record.getSimpleName(), () -> {
            assertThat(fieldsOf(equality(record))).as("equals").isEqualTo(components(record));
            assertThat(fieldsOf(record.getMethod("hashCode"))).as("hashCode").isEqualTo(components(record));
        }));
    }

    /** What the compiler makes by itself reads no field: it asks at run time for something that does. */
    private static JavaMethod equality(JavaClass record) {
        return record.getMethod("equals", Object.class);
    }

    private static Set<String> components(JavaClass record) {
        return record.getFields().stream().filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .map(JavaMember::getName).collect(Collectors.toSet());
    }

    /** Returns which fields of its own record it reads, by itself or through the list of all. */
    private static Set<String> fieldsOf(JavaMethod method) {
        Stream<JavaMethod> listed = method.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().equals(method.getOwner()))
                .map(call -> call.getTarget().resolveMember()).flatMap(found -> found.stream());
        return Stream.concat(Stream.of(method), listed).flatMap(each -> each.getFieldAccesses().stream())
                .filter(access -> access.getTargetOwner().equals(method.getOwner()))
                .map(JavaFieldAccess::getTarget).map(AccessTarget::getName).collect(Collectors.toSet());
    }
}
